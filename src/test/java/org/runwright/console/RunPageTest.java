package org.runwright.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.runwright.access.Doors;
import org.runwright.run.RunState;

/** The page of one run. */
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

  private String stepOf(String run) {
    return database.queryForObject(
        "select id from run_step where run_id = ? order by seq limit 1", String.class, run);
  }
}
