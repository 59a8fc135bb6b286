package org.runwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** Models on disk become deployed ones, and a wrong file harms no other. */
class ProcessFolderTest {

  private static final String MODEL =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="https://test">
        <bpmn:process id="%s" name="%s" isExecutable="true" camunda:historyTimeToLive="P1D">
          <bpmn:startEvent id="begin"><bpmn:outgoing>f</bpmn:outgoing></bpmn:startEvent>
          %s
          <bpmn:sequenceFlow id="f" sourceRef="begin" targetRef="task" />
        </bpmn:process>
      </bpmn:definitions>
      """;
  private static final String MANUAL = "<bpmn:manualTask id=\"task\" />";

  @TempDir Path folder;

  private final StaticListableBeanFactory beans = new StaticListableBeanFactory();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private ProcessEngine engine;
  private ProcessFolder processes;

  @BeforeEach
  void startEngine() {
    engine =
        ProcessEngineConfiguration.createStandaloneInMemProcessEngineConfiguration()
            .setJdbcUrl("jdbc:h2:mem:process-folder")
            .setProcessEngineName("process-folder")
            .buildProcessEngine();
    beans.addBean("runCommand", new CommandStep(new RemoteStep.Tools(null, null, null)));
    processes =
        new ProcessFolder(
            engine.getRepositoryService(),
            new ModelCheck(beans),
            event -> {},
            new ProcessesProperties(folder.toString()));
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void stopEngine() {
    logger().detachAppender(log);
    engine.close();
  }

  @Test
  void a_changed_file_is_deployed_and_an_unchanged_one_is_not() throws IOException {
    write("one.bpmn", "one", "One", MANUAL);
    write("two.bpmn", "two", "Two", MANUAL);
    processes.afterSingletonsInstantiated();

    write("two.bpmn", "two", "Two, newer", MANUAL);
    lookUntilSettled();

    assertThat(version("one")).isEqualTo(1);
    assertThat(version("two")).isEqualTo(2);
  }

  @Test
  void a_wrong_file_is_told_with_its_place_and_its_last_good_version_stays() throws IOException {
    write("one.bpmn", "one", "One", MANUAL);
    write("two.bpmn", "two", "Two", MANUAL);
    processes.afterSingletonsInstantiated();

    Files.writeString(folder.resolve("one.bpmn"), "<bpmn:definitions>\n  no");
    write("two.bpmn", "two", "Two, newer", MANUAL);
    lookUntilSettled();

    assertThat(version("one")).isEqualTo(1);
    assertThat(version("two")).isEqualTo(2);
    assertThat(told()).anySatisfy(line -> assertThat(line).contains("one.bpmn:1:"));
  }

  @Test
  void a_model_that_the_engine_refuses_keeps_no_other_from_being_deployed() throws IOException {
    write("good.bpmn", "good", "Good", MANUAL);
    write("wrong.bpmn", "wrong", "Wrong", "<bpmn:serviceTask id=\"task\" />");

    processes.afterSingletonsInstantiated();

    assertThat(version("good")).isEqualTo(1);
    assertThat(told())
        .anySatisfy(line -> assertThat(line).contains("wrong.bpmn:6:").contains("mandatory"));
  }

  @Test
  void an_expression_in_shell_text_is_refused() throws IOException {
    write("shell.bpmn", "shell", "Shell", command("rm -r ${folder}"));

    processes.afterSingletonsInstantiated();

    assertThat(told()).anySatisfy(line -> assertThat(line).contains("must not hold an expression"));
    assertThat(repository().createProcessDefinitionQuery().count()).isZero();
  }

  @Test
  void a_task_on_a_host_continues_asynchronously_even_if_the_model_forgot_to_say_so()
      throws IOException {
    write("remote.bpmn", "remote", "Remote", command("true"));

    processes.afterSingletonsInstantiated();

    String id =
        repository()
            .createProcessDefinitionQuery()
            .processDefinitionKey("remote")
            .singleResult()
            .getId();
    assertThat(
            repository()
                .getBpmnModelInstance(id)
                .getModelElementsByType(org.camunda.bpm.model.bpmn.instance.ServiceTask.class))
        .singleElement()
        .satisfies(task -> assertThat(task.isCamundaAsyncAfter()).isTrue());
  }

  private static String command(String text) {
    return """
        <bpmn:serviceTask id="task" camunda:delegateExpression="${runCommand}">
          <bpmn:extensionElements><camunda:inputOutput>
            <camunda:inputParameter name="command">%s</camunda:inputParameter>
          </camunda:inputOutput></bpmn:extensionElements>
        </bpmn:serviceTask>
        """
        .formatted(text);
  }

  private void write(String file, String id, String name, String task) throws IOException {
    Files.writeString(folder.resolve(file), MODEL.formatted(id, name, task));
  }

  /** A change is in force after two looks that find the same. */
  private void lookUntilSettled() {
    processes.look();
    processes.look();
  }

  private int version(String process) {
    return repository()
        .createProcessDefinitionQuery()
        .processDefinitionKey(process)
        .latestVersion()
        .singleResult()
        .getVersion();
  }

  private RepositoryService repository() {
    return engine.getRepositoryService();
  }

  private List<String> told() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(ProcessFolder.class);
  }
}
