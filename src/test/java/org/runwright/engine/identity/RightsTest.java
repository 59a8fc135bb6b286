package org.runwright.engine.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.runwright.access.DemoServerTest;
import org.runwright.access.Doors;
import org.springframework.beans.factory.annotation.Autowired;

/** What each group may do in Camunda, asked at its REST interface and at that of its pages. */
class RightsTest extends DemoServerTest {

  private static final String REST = "/engine-rest";
  private static final String PAGES = "/camunda/api/engine/engine/default";
  private static final BpmnModelInstance PROCESS =
      Bpmn.createExecutableProcess("rights")
          .camundaHistoryTimeToLive(1)
          .startEvent()
          .parallelGateway("fork")
          .userTask("approve")
          .camundaCandidateGroups("approver")
          .endEvent()
          .moveToNode("fork")
          .userTask("operate")
          .camundaCandidateGroups("operator")
          .endEvent()
          .moveToNode("fork")
          .serviceTask("remote")
          .camundaExternalTask("rights")
          .endEvent()
          .moveToNode("fork")
          .serviceTask("job")
          .camundaAsyncBefore()
          .camundaExpression("${true}")
          .endEvent()
          .done();

  private final RepositoryService repository;
  private final RuntimeService runtime;
  private final TaskService tasks;
  private final ExternalTaskService externalTasks;
  private final ManagementService jobs;
  private String deployment = "";
  private String instance = "";

  @Autowired
  RightsTest(
      RepositoryService repository,
      RuntimeService runtime,
      TaskService tasks,
      ExternalTaskService externalTasks,
      ManagementService jobs) {
    this.repository = repository;
    this.runtime = runtime;
    this.tasks = tasks;
    this.externalTasks = externalTasks;
    this.jobs = jobs;
  }

  @BeforeEach
  void start() {
    deployment =
        repository.createDeployment().addModelInstance("rights.bpmn", PROCESS).deploy().getId();
    instance = runtime.startProcessInstanceByKey("rights").getId();
    externalTasks.setRetries(remote(), 0);
  }

  @AfterEach
  void remove() {
    repository.deleteDeployment(deployment, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"viewer", "operator", "approver", "admin"})
  void every_group_sees_processes_instances_history_and_tasks(String person) {
    for (String what :
        new String[] {
          "/process-definition/count",
          "/process-instance/count",
          "/history/process-instance/count",
          "/incident/count",
          "/deployment/count"
        }) {
      assertThat(tool(person).get(REST + what).body()).as(what).contains("\"count\":1");
      assertThat(browser(person).get(PAGES + what).body()).as(what).contains("\"count\":1");
    }
    assertThat(tool(person).get(REST + "/task/count").body()).contains("\"count\":2");
    assertThat(browser(person).get(PAGES + "/filter?resourceType=Task").body())
        .contains("For my groups", "Mine", "All");
    assertThat(
            browser(person)
                .get("/camunda/api/cockpit/plugin/base/default/process-definition/statistics-count")
                .body())
        .contains("\"count\":1");
  }

  @Test
  void who_is_in_no_group_sees_nothing() {
    assertThat(tool("admin").post(REST + "/user/create", user("stranger")).statusCode())
        .isEqualTo(204);

    assertThat(tool("stranger").get(REST + "/process-instance/count").body())
        .contains("\"count\":0");
    assertThat(browser("stranger").get("/camunda/app/cockpit/default/").statusCode())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "viewer, approve, 403", "viewer, operate, 403",
    "operator, approve, 403", "operator, operate, 204",
    "approver, approve, 204", "approver, operate, 403",
    "admin, approve, 204", "admin, operate, 204"
  })
  void only_candidates_claim_and_complete_a_task(String person, String task, int expected) {
    String path = "/task/" + task(task);

    assertThat(change(person, path + "/claim", "{\"userId\":\"" + person + "\"}"))
        .isEqualTo(expected);
    assertThat(change(person, path + "/complete", "{}")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"operator", "approver", "viewer"})
  void candidates_do_not_hand_tasks_to_others_or_change_them(String person) {
    String path = "/task/" + task(person.equals("operator") ? "operate" : "approve");

    assertThat(change(person, path + "/assignee", "{\"userId\":\"viewer\"}")).isEqualTo(403);
    assertThat(change(person, path + "/delegate", "{\"userId\":\"viewer\"}")).isEqualTo(403);
    assertThat(
            change(
                person,
                path + "/identity-links",
                "{\"groupId\":\"viewer\",\"type\":\"candidate\"}"))
        .isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({"viewer, 403", "approver, 403", "operator, 204", "admin, 204"})
  void operators_retry_failed_steps_and_jobs(String person, int expected) {
    String job = jobs.createJobQuery().activityId("job").singleResult().getId();

    assertThat(put(person, "/external-task/" + remote() + "/retries")).isEqualTo(expected);
    assertThat(put(person, "/job/" + job + "/retries")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"viewer, 403", "approver, 403", "operator, 403", "admin, 204"})
  void only_admins_step_around_the_process(String person, int expected) {
    assertThat(
            change(
                person,
                "/process-instance/" + instance + "/modification",
                "{\"instructions\":[{\"type\":\"startBeforeActivity\",\"activityId\":\"operate\"}]}"))
        .isEqualTo(expected);
    assertThat(
            change(
                person,
                "/process-instance/" + instance + "/variables",
                "{\"modifications\":{\"a\":{\"value\":1}}}"))
        .isEqualTo(expected);
    assertThat(
            send(
                "PUT",
                person,
                "/process-instance/" + instance + "/suspended",
                "{\"suspended\":true}"))
        .isEqualTo(expected);
    assertThat(send("DELETE", person, "/process-instance/" + instance, "")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"viewer, 403", "approver, 403", "operator, 403"})
  void nobody_else_ends_a_step_starts_a_process_or_makes_people(String person, int expected) {
    externalTasks.setRetries(remote(), 1);
    externalTasks.fetchAndLock(1, "worker").topic("rights", 60_000).execute();

    assertThat(
            change(person, "/external-task/" + remote() + "/complete", "{\"workerId\":\"worker\"}"))
        .isEqualTo(expected);
    assertThat(change(person, "/process-definition/key/rights/start", "{}")).isEqualTo(expected);
    assertThat(change(person, "/user/create", user("more"))).isEqualTo(expected);
    assertThat(send("DELETE", person, "/deployment/" + deployment, "")).isEqualTo(expected);
    assertThat(send("PUT", person, "/group/admin/members/" + person, "")).isEqualTo(expected);
  }

  /** The same call at both interfaces, which must agree; what the first did the second tells. */
  private int change(String person, String path, String json) {
    return send("POST", person, path, json);
  }

  private int put(String person, String path) {
    return send("PUT", person, path, "{\"retries\":1}");
  }

  private int send(String method, String person, String path, String json) {
    Doors browser = browser(person);
    int refusedByPages =
        browser.send(method, PAGES + path, json, browser.camundaToken()).statusCode();
    if (refusedByPages == 403) {
      int status = tool(person).send(method, REST + path, json, Map.of()).statusCode();
      assertThat(status).as(path).isEqualTo(403);
    }
    return refusedByPages;
  }

  private Doors tool(String person) {
    return Doors.tool(port, person);
  }

  private Doors browser(String person) {
    return Doors.browser(port, person);
  }

  private String task(String id) {
    return tasks.createTaskQuery().taskDefinitionKey(id).singleResult().getId();
  }

  private String remote() {
    return externalTasks.createExternalTaskQuery().topicName("rights").singleResult().getId();
  }

  private static String user(String name) {
    return "{\"profile\":{\"id\":\"%s\"},\"credentials\":{\"password\":\"%s\"}}"
        .formatted(name, name);
  }
}
