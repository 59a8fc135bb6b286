package org.runwright.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.runwright.access.Doors;
import org.runwright.run.RunState;

/** The page of one run, and its buttons. */
class RunPageTest extends ConsoleTest {

  @Test
  void a_run_is_shown_with_its_steps_and_the_output_of_one() {
    String id = slow("0", "look at me");
    awaitState(id, RunState.SUCCEEDED);
    Doors viewer = browser("viewer");

    String page = viewer.get("/runs/" + id).body();

    assertThat(page)
        .contains("look at me", "A slow command", "operator", "slow-command")
        .contains("Sleep, then leave a line", "db1", "changed", "class=\"bar good\"")
        .doesNotContain("every 2s", "Cockpit</a>\n      <a href=\"/api/runs/");
    String step = stepOf(id);
    assertThat(page).contains("/runs/" + id + "?step=" + step + "#output");
    String withOutput = viewer.get("/runs/" + id + "?step=" + step).body();
    assertThat(withOutput)
        .contains("class=\"out\">began</code>", "class=\"out\">done</code>")
        .contains("/api/runs/" + id + "/log?step=" + step);
    assertThat(viewer.get("/runs/" + id + "/output?step=" + step).body())
        .contains("began")
        .doesNotContain("<html");
  }

  @Test
  void standard_error_is_told_apart() {
    String id = failing(newFile());
    awaitState(id, RunState.SUSPENDED);
    try {
      assertThat(browser("viewer").get("/runs/" + id + "?step=" + stepOf(id)).body())
          .contains("class=\"err\">no file</code>");
    } finally {
      cancel(id);
    }
  }

  @Test
  void a_running_run_asks_for_news_and_links_to_cockpit() {
    String id = slow("600", "slowly");
    awaitState(id, RunState.RUNNING);
    try {
      String page = browser("viewer").get("/runs/" + id).body();
      assertThat(page)
          .contains("every 2s", "/now?open=0&amp;page=1&amp;offered=")
          .contains(
              "/camunda/app/cockpit/default/#/process-instance/"
                  + run(id).processInstance().orElseThrow()
                  + "/runtime");
    } finally {
      cancel(id);
    }
  }

  @Test
  void who_waits_for_a_lock_is_led_to_its_holder() {
    String first = slow("600", "first");
    String second = slow("0", "second");
    try {
      assertThat(browser("viewer").get("/runs/" + second).body())
          .contains("Waits for", "lock slow", "<a href=\"/runs/" + first + "\">");
    } finally {
      cancel(second);
      cancel(first);
    }
  }

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
  void who_may_not_is_told_so_in_words_and_nothing_is_done() {
    String id = failing(newFile());
    awaitState(id, RunState.SUSPENDED);
    Doors viewer = browser("viewer");
    String page = "/runs/" + id;
    try {
      for (String path :
          List.of(
              page + "/cancel",
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
                  java.util.Map.of("Content-Type", "application/x-www-form-urlencoded"));
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
  void what_hosts_print_does_not_become_part_of_the_page() {
    String id = slow("0", "hostile output");
    awaitState(id, RunState.SUCCEEDED);
    String step = stepOf(id);
    database.update(
        "update run_feed set output = ? where step_id = ? and type = 'STDOUT'", HOSTILE, step);
    database.update(
        "update run_step set title = ?, message = ? where id = ?", HOSTILE, HOSTILE, step);

    String page = browser("viewer").get("/runs/" + id + "?step=" + step).body();

    assertThat(page).contains("&lt;script&gt;").doesNotContain("<script>alert", "<img");
  }

  @Test
  void what_is_not_there_is_told() {
    String id = slow("0", "there");
    awaitState(id, RunState.SUCCEEDED);
    Doors viewer = browser("viewer");

    assertThat(viewer.get("/runs/nope").statusCode()).isEqualTo(404);
    assertThat(viewer.get("/runs/nope").body()).contains("there is no run nope");
    assertThat(viewer.get("/runs/" + id + "?step=nope").statusCode()).isEqualTo(404);
    assertThat(viewer.get("/runs/" + id + "?open=many").statusCode()).isEqualTo(400);
    assertThat(viewer.get("/runs/" + id + "?open=-1&page=99999").statusCode()).isEqualTo(200);
    assertThat(viewer.get("/runs/" + id + "/output").statusCode()).isEqualTo(400);
  }

  @Test
  void a_run_of_1200_steps_is_shown_in_groups_and_pages() {
    String id = slow("0", "many");
    awaitState(id, RunState.SUCCEEDED);
    database.update(
        """
        insert into run_step (id, run_id, seq, element, place, attempt, execution, kind, title, host,
          level_no, state, prepared, undone, awaits_person, ending, changed, requested_at, started_at,
          ended_at, out_bytes, err_bytes)
        select 'many-' || x, ?, 1 + x, 'fan' || mod(x, 6), 'place' || x, 1, 'e', 'run-command',
          'Do it on host' || x, 'host' || x, mod(x, 6),
          case when x = 777 then 'FAILED' else 'SUCCEEDED' end, '{}', false, false, false, true,
          current_timestamp, current_timestamp, dateadd(second, 5, current_timestamp), 0, 0
        from system_range(1, 1200)
        """,
        id);
    Doors viewer = browser("viewer");

    String page = viewer.get("/runs/" + id).body();
    assertThat(page)
        .contains("1201: 1200 succeeded, 1 failed", "200 steps, level 1, 200 hosts", "host777")
        .doesNotContain("host778<");
    assertThat(page.length()).isLessThan(60_000);
    String opened = viewer.get("/runs/" + id + "?open=2&page=2").body();
    assertThat(opened).contains("page 2 of 4", ">host307<").doesNotContain(">host1<");
  }

  @Test
  void only_the_end_of_300_000_lines_is_sent() {
    String id = slow("0", "much output");
    awaitState(id, RunState.SUCCEEDED);
    String step = stepOf(id);
    database.update(
        """
        insert into run_feed (run_id, seq, type, step_id, body, at)
        select ?, 1000 + x, 'STDOUT', ?, 'line ' || x || chr(10), current_timestamp
        from system_range(1, 300000)
        """,
        id,
        step);

    String page = browser("viewer").get("/runs/" + id + "?step=" + step).body();

    assertThat(page)
        .contains("line 300000</code>", "line 299600</code>", "Earlier lines are in the whole")
        .doesNotContain("line 299000</code>");
    assertThat(page.length()).isLessThan(100_000);
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
