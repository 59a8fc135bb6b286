package org.runwright.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.runwright.access.Doors;
import org.runwright.run.RunState;

/** The buttons on the page of a run: who is offered them, and what they do. */
class RunButtonsTest extends ConsoleTest {

  @ParameterizedTest
  @CsvSource({"viewer, false", "approver, false", "operator, true", "admin, true"})
  void only_who_may_is_offered_buttons(String person, boolean offered) {
    String id = failing(newFile());
    awaitState(id, RunState.SUSPENDED);
    try {
      String page = browser(person).get("/runs/" + id).body();
      assertThat(page.contains("Cancel and undo what it changed")).isEqualTo(offered);
      assertThat(page.contains("Try it again")).isEqualTo(offered);
      assertThat(page.contains("Go on without it")).isEqualTo(offered);
      assertThat(page).doesNotContain("The run stands still");
    } finally {
      cancel(id);
    }
  }

  @Test
  void a_run_is_cancelled_by_a_button_with_a_reason() {
    String id = slow("600", "to be cancelled");
    awaitState(id, RunState.RUNNING);
    Doors operator = browser("operator");
    String page = "/runs/" + id;

    HttpResponse<String> noReason = press(operator, page, page + "/cancel", "reason", " ");
    assertThat(noReason.statusCode()).isEqualTo(422);
    assertThat(noReason.body()).contains("say why, for the record", "Cancel this run");
    HttpResponse<String> answer =
        press(operator, page, page + "/cancel", "reason", "enough", "compensate", "false");

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location").orElse("")).endsWith(page);
    assertThat(awaitState(id, RunState.CANCELLED).message().orElse("")).contains("enough");
    assertThat(operator.get(page).body()).doesNotContain("Cancel this run", "<form class=\"decide");
    HttpResponse<String> late = press(operator, page, page + "/cancel", "reason", "again");
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body()).contains("has ended");
  }

  @Test
  void a_failed_step_is_tried_again_or_left_by_a_button() throws IOException {
    Path file = newFile();
    String id = failing(file);
    awaitState(id, RunState.SUSPENDED);
    String page = "/runs/" + id;
    String step = page + "/steps/" + stepOf(id);
    Doors operator = browser("operator");

    Files.createFile(file);
    HttpResponse<String> answer = press(operator, page, step + "/retry", "reason", "it is there");

    assertThat(answer.statusCode()).isEqualTo(302);
    awaitState(id, RunState.SUCCEEDED);
    assertThat(operator.get(page).body()).contains("attempt 2", "retried by operator: it is there");

    String other = failing(newFile());
    awaitState(other, RunState.SUSPENDED);
    press(
        operator,
        "/runs/" + other,
        "/runs/" + other + "/steps/" + stepOf(other) + "/skip",
        "reason",
        "by hand");
    awaitState(other, RunState.SUCCEEDED);
    assertThat(operator.get("/runs/" + other).body()).contains("skipped");
  }

  @Test
  void a_run_that_stands_still_at_several_steps_is_resumed_by_one_button() throws IOException {
    Path file = newFile();
    List<Path> reasonsToFail = List.of(Path.of(file + ".app1"), Path.of(file + ".lb1"));
    for (Path reason : reasonsToFail) {
      Files.createFile(reason);
    }
    String id = submit("many-hosts", Map.of("file", file.toString()), "to see two of them fail");
    awaitState(id, RunState.SUSPENDED);
    String page = "/runs/" + id;
    Doors operator = browser("operator");
    assertThat(operator.get(page).body()).contains("The run stands still", "Try it again");
    for (Path reason : reasonsToFail) {
      Files.delete(reason);
    }

    HttpResponse<String> answer =
        press(operator, page, page + "/resume", "reason", "they are well again");

    assertThat(answer.statusCode()).isEqualTo(302);
    awaitState(id, RunState.SUCCEEDED);
    assertThat(operator.get(page).body())
        .contains("retried by operator: they are well again")
        .doesNotContain("The run stands still");
    assertThat(press(operator, page, page + "/resume", "reason", "again").statusCode())
        .isEqualTo(409);
  }

  @Test
  void who_may_not_is_told_so_in_words_and_nothing_is_done() {
    String id = failing(newFile());
    awaitState(id, RunState.SUSPENDED);
    Doors viewer = browser("viewer");
    String page = "/runs/" + id;
    try {
      for (String path :
          List.of(
              page + "/cancel",
              page + "/resume",
              page + "/steps/" + stepOf(id) + "/retry",
              page + "/steps/" + stepOf(id) + "/skip")) {
        HttpResponse<String> answer = press(viewer, page, path, "reason", "I want to");
        assertThat(answer.statusCode()).as(path).isEqualTo(403);
        assertThat(answer.body()).contains("viewer may not").contains("A command that fails");
      }
      assertThat(run(id).state()).isEqualTo(RunState.SUSPENDED);
    } finally {
      cancel(id);
    }
  }

  @Test
  void without_the_token_of_the_page_nothing_is_done() {
    String id = slow("600", "forged");
    awaitState(id, RunState.RUNNING);
    try {
      HttpResponse<String> answer =
          browser("operator")
              .post(
                  "/runs/" + id + "/cancel",
                  "reason=forged&compensate=false",
                  Map.of("Content-Type", "application/x-www-form-urlencoded"));
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(run(id).state()).isEqualTo(RunState.RUNNING);
    } finally {
      cancel(id);
    }
  }

  @Test
  void an_approval_is_decided_on_the_page_by_who_may() {
    String id = approved("allow me");
    awaitState(id, RunState.AWAITING_APPROVAL);
    String page = "/runs/" + id;
    assertThat(browser("operator").get(page).body()).doesNotContain("value=\"approve\"");
    Doors approver = browser("approver");
    assertThat(approver.get(page).body()).contains("value=\"approve\"", "value=\"reject\"");
    String approval = approver.get(page).body().replaceAll("(?s).*/approvals/([^\"]+)\".*", "$1");

    HttpResponse<String> unclear =
        press(approver, page, page + "/approvals/" + approval, "decision", "maybe");
    assertThat(unclear.statusCode()).isEqualTo(422);
    HttpResponse<String> own =
        press(browser("operator"), page, page + "/approvals/" + approval, "decision", "approve");
    assertThat(own.statusCode()).isEqualTo(403);
    HttpResponse<String> answer =
        press(
            approver,
            page,
            page + "/approvals/" + approval,
            "decision",
            "reject",
            "comment",
            HOSTILE);

    assertThat(answer.statusCode()).isEqualTo(302);
    awaitState(id, RunState.REJECTED);
    assertThat(approver.get(page).body())
        .contains("&lt;script&gt;")
        .doesNotContain("<script>alert", "<img");
  }

  @Test
  void the_buttons_come_along_with_the_news_only_if_they_changed() {
    String id = failing(newFile());
    awaitState(id, RunState.SUSPENDED);
    Doors operator = browser("operator");
    try {
      String news = operator.get("/runs/" + id + "/now?offered=other").body();
      assertThat(news)
          .contains("hx-swap-oob=\"outerHTML\"", "Try it again")
          .doesNotContain("<html");
      String key = news.replaceAll("(?s).*&amp;offered=([0-9a-f]+)\".*", "$1");

      await()
          .atMost(LIMIT)
          .untilAsserted(
              () ->
                  assertThat(operator.get("/runs/" + id + "/now?offered=" + key).body())
                      .contains("suspended")
                      .doesNotContain("Try it again"));
    } finally {
      cancel(id);
    }
  }

  private String stepOf(String run) {
    return database.queryForObject(
        "select id from run_step where run_id = ? order by seq limit 1", String.class, run);
  }
}
