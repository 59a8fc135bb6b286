package org.runwright.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.runwright.lab.EmbeddedLab;
import org.runwright.run.Feed;
import org.runwright.run.FeedEvent;
import org.runwright.run.OutputGaps;
import org.runwright.run.Run;
import org.runwright.run.Step;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A command that writes more than is kept, from its host to the database. */
@FlowTest
class MuchOutputTest {

  private static final EmbeddedLab LAB = EmbeddedLab.start();
  private static final Path PROCESSES = Flows.processes(LAB);
  private static final int LINES = 1_000_000;
  private static final long LIMIT = 512 * 1024;

  private final Flows flows;
  private final Feed feed;

  MuchOutputTest(Flows flows, Feed feed) {
    this.flows = flows;
    this.feed = feed;
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    LAB.settings().forEach((name, value) -> registry.add(name, () -> value));
    registry.add("runwright.processes-dir", PROCESSES::toString);
    registry.add("runwright.output.limit", () -> Long.toString(LIMIT));
    registry.add("runwright.ssh.output-per-look", () -> "100000");
  }

  @AfterAll
  static void closeLab() {
    LAB.close();
  }

  @Test
  void the_first_and_the_last_lines_are_kept_and_the_middle_is_counted() {
    long all =
        IntStream.rangeClosed(1, LINES).mapToLong(i -> Integer.toString(i).length() + 1).sum();

    Run run = flows.awaitEnd(flows.submit("much-output", Map.of("lines", LINES)).id());

    Step step = flows.steps(run.id()).get(0);
    assertThat(step.outBytes()).isEqualTo(all);
    assertThat(step.outLeftOut()).isBetween(all - 2 * LIMIT, all - LIMIT + 1);
    assertThat(step.errLeftOut()).isZero();
    OutputGaps gaps = new OutputGaps(feed, 0);
    List<FeedEvent> events = feed.after(run.id(), 0, 100_000);
    long leftOut = events.stream().mapToLong(gaps::before).sum();
    assertThat(leftOut).isEqualTo(step.outLeftOut());
    List<String> lines =
        events.stream()
            .filter(event -> event.type() == FeedEvent.Type.STDOUT)
            .flatMap(event -> event.body().lines())
            .toList();
    assertThat(lines).startsWith("1", "2", "3").endsWith(Integer.toString(LINES));
    assertThat(lines).doesNotHaveDuplicates().allMatch(line -> line.matches("[0-9]+"));
    assertThat(events)
        .filteredOn(event -> event.type() == FeedEvent.Type.STDERR)
        .extracting(FeedEvent::body)
        .containsExactly("to stderr\n");
  }
}
