package org.runwright.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.runwright.run.RunState;

/** People with a browser at the console. Takes Debian's packages chromium and chromium-driver. */
@Tag("lab")
class ConsoleBrowserTest extends ConsoleTest {

  private static final By LAST_LINE = By.cssSelector(".lines code:last-child");

  private static final String OVERFLOWS =
      "const box = document.querySelector('.scroll'); return box.scrollWidth > box.clientWidth";

  @TempDir Path profile;

  @Test
  void from_the_list_to_a_run_whose_output_is_followed_until_it_is_cancelled() throws IOException {
    String id = ticking();
    awaitState(id, RunState.RUNNING);
    try (Browser browser = Browser.open(profile, port, true).logIn("operator")) {
      browser.go("/");
      browser.picture("runs");
      browser.click(By.id("run-" + id));
      browser.click(By.id("s1"));
      browser.awaitText("following");
      String seen = browser.seen(LAST_LINE).getText();
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(browser.seen(LAST_LINE).getText()).isNotEqualTo(seen));
      browser.picture("run-followed");

      browser.click(By.cssSelector(".actions summary"));
      browser.type(By.cssSelector(".actions input[name=reason]"), "seen enough");
      browser.click(By.cssSelector("button[name=compensate][value=false]"));

      browser.awaitText("cancelled by operator: seen enough");
      assertThat(awaitState(id, RunState.CANCELLED).cancelledBy()).hasValue("operator");
      await().atMost(LIMIT).until(() -> !browser.has(By.cssSelector("[hx-trigger*='every']")));
      assertThat(browser.has(By.cssSelector(".actions summary"))).isFalse();
      assertThat(browser.complaints()).doesNotContain("Content Security Policy", "Uncaught");
    }
  }

  @Test
  void buttons_come_when_a_step_fails_while_the_page_is_open_and_what_is_typed_stays()
      throws IOException {
    Path file = newFile();
    String id = failing(file);
    try (Browser browser = Browser.open(profile, port, true).logIn("operator")) {
      browser.go("/runs/" + id);
      browser.type(By.cssSelector(".decide input[name=reason]"), "it will be there");
      String before = browser.seen(By.id("now")).getText();
      assertThat(before).contains("suspended");
      browser.script("document.getElementById('now').dataset.old = 'yes'");
      await().atMost(LIMIT).until(() -> !browser.has(By.cssSelector("#now[data-old]")));
      assertThat(
              browser.script("return document.querySelector('.decide input[name=reason]').value"))
          .isEqualTo("it will be there");
      browser.picture("run-decide");

      browser.click(By.cssSelector(".decide .no"));

      awaitState(id, RunState.SUCCEEDED);
      browser.awaitText("skipped by operator: it will be there");
    }
  }

  @Test
  void without_scripts_everything_is_readable_and_can_be_done() throws IOException {
    String id = failing(newFile());
    awaitState(id, RunState.SUSPENDED);
    try (Browser browser = Browser.open(profile, port, false).logIn("operator")) {
      browser.go("/");
      browser.click(By.id("run-" + id));
      browser.click(By.id("s1"));
      assertThat(browser.address()).contains("/runs/" + id + "?step=");
      assertThat(browser.seen(By.cssSelector(".lines .err")).getText()).contains("no file");
      browser.picture("no-scripts");

      browser.type(By.cssSelector(".decide input[name=reason]"), "by hand");
      browser.click(By.cssSelector(".decide .no"));

      awaitState(id, RunState.SUCCEEDED);
      browser.go("/runs/" + id);
      browser.awaitText("skipped by operator: by hand");
    }
  }

  @Test
  void three_hundred_thousand_lines_neither_fill_the_page_nor_stop_it() throws IOException {
    String id =
        submit(
            "counting-command", Map.of("lines", "300000", "pause", "2"), "three hundred thousand");
    awaitState(id, RunState.RUNNING);
    try (Browser browser = Browser.open(profile, port, true).logIn("viewer")) {
      browser.go("/runs/" + id);
      browser.click(By.id("s1"));
      browser.awaitText("line 300000");

      assertThat((Long) browser.script("return document.querySelectorAll('.lines code').length"))
          .isBetween(100L, 2000L);
      browser.awaitText("Earlier lines are in the whole output");
      long start = System.nanoTime();
      browser.go("/runs/" + id + "?step=" + browserStep(id));
      browser.awaitText("line 300000");
      assertThat(System.nanoTime() - start).as("nanoseconds").isLessThan(LIMIT.toNanos());
      browser.picture("run-300000-lines");
    } finally {
      await().atMost(LIMIT).until(() -> run(id).state().ended());
    }
  }

  @Test
  void cockpit_has_a_tab_with_the_steps_and_their_output() throws IOException {
    String id = ticking();
    awaitState(id, RunState.RUNNING);
    try (Browser browser = Browser.open(profile, port, true).logIn("operator")) {
      browser.go("/runs/" + id);
      browser.click(By.linkText("its process in Cockpit"));
      browser.click(By.linkText("Steps and output"));
      browser.click(By.cssSelector(".runwright-steps button"));

      browser.awaitText("tick 2");
      browser.picture("cockpit-tab");
      browser.click(By.linkText("the page of this run"));
      browser.awaitText("A command that counts");
      assertThat(browser.address()).endsWith("/runs/" + id);
    } finally {
      cancel(id);
    }
  }

  @Test
  void the_steps_of_a_platform_lie_side_by_side_in_time() throws IOException {
    String id = submit("start-platform", Map.of(), "after the maintenance of tonight");
    awaitState(id, RunState.SUCCEEDED);
    slow("0", "clear the queue of letters");
    String approval = approved("move the database to the new disk");
    awaitState(approval, RunState.AWAITING_APPROVAL);
    try (Browser browser = Browser.open(profile, port, true).logIn("approver")) {
      browser.go("/runs/" + id);
      assertThat((Long) browser.script("return document.querySelectorAll('.bar.good').length"))
          .isGreaterThanOrEqualTo(8L);
      assertThat(browser.script(OVERFLOWS)).isEqualTo(false);
      browser.picture("run-platform");
      browser.dark();
      browser.picture("run-platform-dark");
      browser.go("/");
      browser.awaitText("Waits for you");
      browser.picture("runs-dark");
    } finally {
      cancel(approval);
    }
  }

  private String ticking() {
    return submit("counting-command", Map.of("lines", "0", "pause", "600"), "to look at it");
  }

  private String browserStep(String run) {
    return database.queryForObject(
        "select id from run_step where run_id = ? order by seq limit 1", String.class, run);
  }
}
