package org.runwright.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runwright.access.Doors;
import org.runwright.run.RunState;

/** The list of runs. */
class RunsPageTest extends ConsoleTest {

  private static final Pattern OLDER = Pattern.compile("<a href=\"([^\"]+)\" rel=\"next\"");

  @Test
  void a_run_is_listed_with_its_state_who_asked_and_why() {
    String id = slow("0", "spring cleaning");
    awaitState(id, RunState.SUCCEEDED);

    String page = browser("viewer").get("/").body();

    assertThat(page)
        .contains("href=\"/runs/" + id + "\"", "A slow command", "spring cleaning", "operator")
        .contains("<span class=\"badge good\">succeeded</span>")
        .contains("/camunda/app/tasklist/default/", "/camunda/app/cockpit/default/", "Log out");
  }

  @Test
  void only_who_is_logged_in_and_in_a_group_sees_it() {
    HttpResponse<String> nobody = Doors.nobody(port).get("/", Map.of("Accept", "text/html"));
    assertThat(nobody.statusCode()).isEqualTo(302);
    assertThat(nobody.headers().firstValue("Location").orElse("")).endsWith("/login");
    assertThat(Doors.nobody(port).get("/runs", Map.of("HX-Request", "true")).statusCode())
        .as("a part of a page is not replaced by the login page")
        .isEqualTo(401);
  }

  @Test
  void nothing_that_people_wrote_becomes_part_of_the_page() {
    String id = slow("0", HOSTILE);
    awaitState(id, RunState.SUCCEEDED);
    Doors viewer = browser("viewer");

    for (String path :
        List.of(
            "/",
            "/?q=" + enc(HOSTILE),
            "/?state=" + enc(HOSTILE) + "&runbook=" + enc(HOSTILE) + "&by=" + enc(HOSTILE),
            "/?since=" + enc(HOSTILE) + "&host=" + enc(HOSTILE) + "&after=" + enc(HOSTILE),
            "/runs?service=" + enc(HOSTILE),
            "/runs/" + id)) {
      HttpResponse<String> answer = viewer.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertThat(answer.body()).as(path).doesNotContain("<script>alert", "<img", "49</td>");
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'self'");
    }
    assertThat(viewer.get("/").body()).contains("&lt;script&gt;alert(1)&lt;/script&gt;");
  }

  @Test
  void filters_narrow_the_list_together() {
    String found = slow("0", "narrow alpha");
    awaitState(found, RunState.SUCCEEDED);
    String other = slow("0", "narrow beta");
    awaitState(other, RunState.SUCCEEDED);

    for (String query :
        List.of(
            "q=alpha",
            "q=ALPHA+narrow",
            "q=" + found,
            "q=alpha&state=SUCCEEDED",
            "q=alpha&host=db1",
            "q=alpha&by=operator&runbook=slow-command",
            "q=alpha&since=2020-01-01&until=2100-01-01")) {
      assertThat(listed(query)).as(query).contains(found).doesNotContain(other);
    }
    for (String query :
        List.of(
            "q=alpha+beta",
            "q=alph",
            "q=alpha&state=FAILED",
            "q=alpha&state=open",
            "q=alpha&host=db2",
            "q=alpha&service=database",
            "q=alpha&by=nobody",
            "q=alpha&runbook=failing-command",
            "q=alpha&until=2020-01-01",
            "q=alpha&since=2100-01-01")) {
      assertThat(listed(query)).as(query).contains("No run fits.").doesNotContain(found, other);
    }
  }

  @Test
  void a_run_that_has_not_ended_is_found_by_its_words_too() {
    String id = slow("600", "unfinished gamma");
    awaitState(id, RunState.RUNNING);
    try {
      assertThat(listed("q=gamma")).contains(id, "every 3s");
      assertThat(listed("q=gamma&state=open")).contains(id);
      assertThat(listed("q=gamma&state=SUCCEEDED")).doesNotContain(id);
    } finally {
      cancel(id);
    }
    assertThat(listed("q=gamma")).contains(id).doesNotContain("every 3s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state=DONE",
        "since=yesterday",
        "until=2026-13-45",
        "since=%2B999999999-12-31",
        "since=-999999999-01-01",
        "after=nope",
        "q=%00",
        "q=%27%3Bdrop+table+run%3B--",
        "runbook=%25",
        "by=%C3%28"
      })
  void what_cannot_be_is_told_or_finds_nothing(String query) {
    HttpResponse<String> answer = browser("viewer").get("/?" + query);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("<h1>Runs</h1>").doesNotContain("Exception");
    if (query.startsWith("state") || query.matches("since.*|until.*")) {
      assertThat(answer.body()).contains("class=\"problem\"");
    }
  }

  @Test
  void older_runs_are_on_further_pages_each_once() {
    database.update(
        """
        insert into run (id, runbook, title, process, state, inputs, reason, requested_by,
          requested_at, ended_at, deadline, locks, request_hash, feed_seq)
        select '20200101-000000-' || cast(10000000 + x as varchar), 'old', 'An old run', 'old',
          'SUCCEEDED', '{}', 'paged', 'somebody', timestamp with time zone '2020-01-01 00:00:00Z',
          timestamp with time zone '2020-01-01 00:00:01Z',
          timestamp with time zone '2020-01-01 01:00:00Z', '[]', 'x', 0
        from system_range(1, 120)
        """);
    Doors viewer = browser("viewer");

    StringBuilder all = new StringBuilder();
    String next = "/?by=somebody&runbook=old";
    int pages = 0;
    while (!next.isEmpty()) {
      String page = viewer.get(next).body();
      all.append(page);
      Matcher older = OLDER.matcher(page);
      next = older.find() ? older.group(1).replace("&amp;", "&") : "";
      pages++;
    }

    assertThat(pages).isEqualTo(3);
    for (int i = 1; i <= 120; i++) {
      assertThat(all.toString()).containsOnlyOnce("id=\"run-20200101-000000-" + (10000000 + i));
    }
  }

  @Test
  void what_waits_for_a_person_is_shown_to_that_person() {
    String id = approved("please allow delta");
    awaitState(id, RunState.AWAITING_APPROVAL);
    try {
      assertThat(browser("approver").get("/").body()).contains("Waits for you", "delta");
      assertThat(browser("operator").get("/").body()).doesNotContain("Waits for you");
    } finally {
      cancel(id);
    }
  }

  private String listed(String query) {
    HttpResponse<String> answer = browser("viewer").get("/runs?" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).doesNotContain("<html");
    return answer.body().replaceAll("hx-get=\"[^\"]*\"", "");
  }
}
