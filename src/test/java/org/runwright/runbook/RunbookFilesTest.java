package org.runwright.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.runwright.platform.PlatformProperties;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class RunbookFilesTest {

  @TempDir Path folder;

  private final FixedProcesses processes = new FixedProcesses().with("p", true).with("q", false);

  @Test
  void one_bad_descriptor_never_hides_another() throws IOException {
    write("good.yml", "runbook: good\nprocess: p");
    write("bad.yml", "runbook: bad\nprocess: p\ntimeout: x");
    write("worse.yml", "\0");
    write("inventory.yml", "not: a descriptor");
    write("services.yml", "not: a descriptor");
    write("schedules.yml", "not: a descriptor");
    RunbookFiles runbooks = runbooks();
    assertThat(runbooks.all()).extracting(Runbook::id).containsExactly("good");
    assertThat(runbooks.find("good")).isPresent();
    assertThat(runbooks.find("bad")).isEmpty();
    assertThat(runbooks.problems())
        .extracting(Object::toString)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("bad.yml:3:10: "),
            second -> assertThat(second).startsWith("worse.yml:1:1: "));
  }

  @Test
  void the_last_good_version_of_a_descriptor_stays_while_its_file_is_wrong() throws IOException {
    write("a.yml", "runbook: a\nprocess: p\ntitle: first");
    write("b.yml", "runbook: b\nprocess: p\ntitle: first");
    RunbookFiles runbooks = runbooks();
    write("a.yml", "runbook: a\nprocess: p\ntitle: [second]");
    write("b.yml", "runbook: b\nprocess: p\ntitle: second");
    lookTwice(runbooks);
    assertThat(runbooks.all()).extracting(Runbook::title).containsExactly("first", "second");
    assertThat(runbooks.problems()).hasSize(1);

    write("a.yml", "runbook: a\nprocess: p\ntitle: third");
    lookTwice(runbooks);
    assertThat(runbooks.all()).extracting(Runbook::title).containsExactly("third", "second");
    assertThat(runbooks.problems()).isEmpty();
  }

  @Test
  void a_removed_file_takes_its_runbook_along() throws IOException {
    write("a.yml", "runbook: a\nprocess: p");
    RunbookFiles runbooks = runbooks();
    Files.delete(folder.resolve("a.yml"));
    lookTwice(runbooks);
    assertThat(runbooks.all()).isEmpty();
    assertThat(runbooks.problems()).isEmpty();
  }

  @Test
  void a_folder_that_goes_away_leaves_what_is_in_force() throws IOException {
    write("a.yml", "runbook: a\nprocess: p");
    RunbookFiles runbooks = runbooks();
    Files.move(folder, folder.resolveSibling(folder.getFileName() + "-away"));
    lookTwice(runbooks);
    assertThat(runbooks.find("a")).isPresent();
    assertThat(runbooks.problems().toString()).contains("does not exist");
    Files.move(folder.resolveSibling(folder.getFileName() + "-away"), folder);
    lookTwice(runbooks);
    assertThat(runbooks.problems()).isEmpty();
  }

  @Test
  void of_two_files_with_one_id_the_one_that_had_it_keeps_it() throws IOException {
    write("b.yml", "runbook: x\nprocess: p\ntitle: b");
    RunbookFiles runbooks = runbooks();
    write("a.yml", "runbook: x\nprocess: p\ntitle: a");
    lookTwice(runbooks);
    assertThat(runbooks.find("x").orElseThrow().title()).isEqualTo("b");
    assertThat(runbooks.problems())
        .extracting(Object::toString)
        .containsExactly("a.yml:1:10: the id x is that of b.yml; choose another");

    Files.delete(folder.resolve("b.yml"));
    lookTwice(runbooks);
    assertThat(runbooks.find("x").orElseThrow().title()).isEqualTo("a");
    assertThat(runbooks.problems()).isEmpty();
  }

  @Test
  void two_files_with_one_id_from_the_start_leave_the_first_by_name() throws IOException {
    write("a.yml", "runbook: x\nprocess: p\ntitle: a");
    write("b.yml", "runbook: x\nprocess: p\ntitle: b");
    RunbookFiles runbooks = runbooks();
    assertThat(runbooks.find("x").orElseThrow().title()).isEqualTo("a");
    assertThat(runbooks.problems()).hasSize(1);
  }

  @Test
  void a_file_that_takes_the_id_of_another_keeps_its_last_good_version() throws IOException {
    write("a.yml", "runbook: a\nprocess: p");
    write("b.yml", "runbook: b\nprocess: p");
    RunbookFiles runbooks = runbooks();
    write("b.yml", "runbook: a\nprocess: p");
    lookTwice(runbooks);
    assertThat(runbooks.all()).extracting(Runbook::id).containsExactly("a", "b");
    assertThat(runbooks.problems()).hasSize(1);
  }

  @Test
  void processes_are_checked_once_they_are_known_and_whenever_they_change() throws IOException {
    write("a.yml", "runbook: a\nprocess: p\napproval: {}");
    write("b.yml", "runbook: b\nprocess: q\napproval: {}");
    write("c.yml", "runbook: c\nprocess: later");
    RunbookFiles runbooks = runbooks();
    assertThat(runbooks.all()).hasSize(3);

    runbooks.recheck();
    assertThat(runbooks.all()).extracting(Runbook::id).containsExactly("a");
    assertThat(runbooks.problems())
        .extracting(Object::toString)
        .containsExactly(
            "b.yml:3:11: the process q has no call activity `approval`; without it the rule would"
                + " be ignored",
            "c.yml:2:10: no process \"later\" is deployed; allowed: p, q");

    processes.with("later", false).without("p");
    runbooks.recheck();
    assertThat(runbooks.all()).extracting(Runbook::id).containsExactly("c");
  }

  @Test
  void a_file_that_names_an_unknown_process_keeps_its_last_good_version() throws IOException {
    write("a.yml", "runbook: a\nprocess: p");
    RunbookFiles runbooks = runbooks();
    runbooks.recheck();
    write("a.yml", "runbook: a\nprocess: later");
    lookTwice(runbooks);
    assertThat(runbooks.find("a").orElseThrow().process()).isEqualTo("p");
    assertThat(runbooks.problems()).hasSize(1);
  }

  @Test
  void without_an_engine_processes_are_not_checked() throws IOException {
    write("a.yml", "runbook: a\nprocess: anything");
    RunbookFiles runbooks =
        new RunbookFiles(
            properties(), new StaticListableBeanFactory().getBeanProvider(Processes.class));
    runbooks.recheck();
    assertThat(runbooks.all()).hasSize(1);
  }

  @Test
  void a_file_that_ends_in_yaml_is_told_to_be_renamed() throws IOException {
    write("a.yaml", "runbook: a\nprocess: p");
    assertThat(runbooks().problems())
        .extracting(Object::toString)
        .containsExactly("a.yaml: files of this folder end in .yml; rename it");
  }

  @Test
  void a_megabyte_too_much_is_told_once() throws IOException {
    write("a.yml", "# " + "x".repeat(1 << 20));
    assertThat(runbooks().problems()).hasSize(1);
  }

  private RunbookFiles runbooks() {
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    beans.addBean("processes", processes);
    return new RunbookFiles(properties(), beans.getBeanProvider(Processes.class));
  }

  private PlatformProperties properties() {
    return new PlatformProperties(folder.toString(), Duration.ofSeconds(1));
  }

  private static void lookTwice(RunbookFiles runbooks) {
    runbooks.look();
    runbooks.look();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
