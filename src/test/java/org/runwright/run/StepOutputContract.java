package org.runwright.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.runwright.lab.TestTables;
import org.runwright.secret.Mask;
import org.runwright.step.OutputLimit;
import org.runwright.step.PreparedStep;
import org.runwright.step.StepProgress;
import org.runwright.step.StepResult;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is kept of a step's output, on each database. */
abstract class StepOutputContract {

  private static final long LIMIT = 256 * 1024;
  private static final int LOOK = 100_000;
  private static final byte[] NOTHING = {};
  private static final StepResult DONE =
      new StepResult(
          StepResult.Verdict.SUCCEEDED,
          Optional.of(true),
          Optional.of(0),
          Optional.empty(),
          "done",
          Map.of());

  private static final PreparedStep COMMAND =
      new PreparedStep(
          "run-command",
          "Write",
          "db1",
          Optional.empty(),
          "true",
          List.of(),
          false,
          Duration.ofMinutes(1),
          false,
          Optional.empty());

  private final OutputLimit limit = new OutputLimit(LIMIT);
  private final Mask mask = new Mask();
  private TestTables tables;
  private Feed feed;
  private StepOutput output;
  private Steps steps;
  private JdbcClient jdbc;

  abstract TestTables tables();

  @BeforeEach
  void open() {
    tables = tables();
    jdbc = tables.jdbc();
    Json json = new Json(JsonMapper.builder().findAndAddModules().build());
    JdbcTemplate template = new JdbcTemplate(tables.dataSource());
    feed = new Feed(jdbc, template, new LiveFeed(), Clock.systemUTC());
    steps = new Steps(jdbc, new NamedParameterJdbcTemplate(template), json);
    output = new StepOutput(new Runs(jdbc, json), steps, feed, mask, limit);
    rows(json);
  }

  @AfterEach
  void close() {
    tables.close();
  }

  @Test
  void a_short_output_is_kept_whole_and_the_streams_apart() {
    take(new StepProgress(bytes("o1\no2"), bytes("e1\n"), Optional.empty()));
    take(new StepProgress(bytes("o2\n"), NOTHING, Optional.of(DONE)));

    assertThat(text(FeedEvent.Type.STDOUT)).isEqualTo("o1\no2\n");
    assertThat(text(FeedEvent.Type.STDERR)).isEqualTo("e1\n");
    assertThat(step().outLeftOut()).isZero();
  }

  @Test
  void of_a_long_output_beginning_and_end_are_kept_and_the_middle_is_counted() {
    byte[] all = lines(3_000_000);

    drive(all);

    OutputGaps gaps = new OutputGaps(feed, 0);
    StringBuilder kept = new StringBuilder();
    long leftOut = 0;
    for (FeedEvent event : feed.after("run", 0, 10_000)) {
      long gap = gaps.before(event);
      kept.append(gap == 0 ? "" : OutputGaps.line(gap)).append(event.body());
      leftOut += gap;
    }
    assertThat(leftOut).isEqualTo(step().outLeftOut()).isPositive();
    assertThat(step().outBytes()).isEqualTo(all.length);
    String[] ends = kept.toString().split("… [0-9,]+ bytes left out …\n");
    String whole = new String(all, StandardCharsets.UTF_8);
    assertThat(ends).hasSize(2);
    assertThat(whole).startsWith(ends[0]).endsWith(ends[1]);
    assertThat((long) ends[0].length()).isBetween(LIMIT / 2, LIMIT / 2 + LOOK);
    assertThat((long) ends[1].length()).isBetween(LIMIT / 2 - 64, LIMIT / 2 + 2L * 64 * 1024);
    assertThat(ends[0].length() + leftOut + ends[1].length()).isEqualTo(all.length);
  }

  @Test
  void while_the_end_moves_who_comes_back_is_told_the_gap_and_nothing_twice() {
    byte[] all = lines(2_000_000);
    StepOutput.Kept kept = drive(Arrays.copyOf(all, 1_000_000), false);
    List<FeedEvent> before = feed.after("run", 0, 10_000);
    long seen = before.get(before.size() - 1).seq();

    drive(all, kept);

    List<FeedEvent> after = feed.after("run", seen, 10_000);
    assertThat(after).allSatisfy(event -> assertThat(event.seq()).isGreaterThan(seen));
    Set<Long> numbers = after.stream().map(FeedEvent::seq).collect(Collectors.toSet());
    assertThat(numbers).hasSize(after.size());
    assertThat(new OutputGaps(feed, seen).before(after.get(0))).isPositive();
    assertThat(after.get(after.size() - 1).bytes().orElseThrow().to()).isEqualTo(all.length);
  }

  @Test
  void no_part_of_a_secret_is_kept_wherever_a_jump_lands() {
    mask.hide("hunter2-hunter2");
    String line = "password hunter2-hunter2 is secret, " + "x".repeat(40) + "\n";
    byte[] all = bytes(line.repeat(40_000));

    drive(all);

    assertThat(text(FeedEvent.Type.STDOUT)).doesNotContain("hunter").doesNotContain("unter2");
    assertThat(new HashSet<>(text(FeedEvent.Type.STDOUT).lines().toList())).hasSize(1);
  }

  private StepOutput.Kept drive(byte[] all) {
    return drive(all, new StepOutput.Kept(0, 0));
  }

  private StepOutput.Kept drive(byte[] all, StepOutput.Kept from) {
    StepOutput.Kept kept = from;
    while (kept.out() < all.length) {
      kept = take(look(all, kept.out(), true));
    }
    return kept;
  }

  private StepOutput.Kept drive(byte[] all, boolean last) {
    StepOutput.Kept kept = new StepOutput.Kept(0, 0);
    StepOutput.Kept before;
    do {
      before = kept;
      kept = take(look(all, kept.out(), last));
    } while (!kept.equals(before));
    return kept;
  }

  /** What a host says that is asked from an offset, as the runner does. */
  private StepProgress look(byte[] all, long offset, boolean ended) {
    long wanted = offset < limit.head() ? all.length : limit.tail();
    long start = Math.max(offset, all.length - wanted);
    int end = (int) Math.min(all.length, start + LOOK);
    boolean last = ended && end == all.length;
    return new StepProgress(
        start - offset,
        Arrays.copyOfRange(all, (int) start, end),
        0,
        NOTHING,
        end < all.length,
        last ? Optional.of(DONE) : Optional.empty());
  }

  private StepOutput.Kept take(StepProgress progress) {
    return tables
        .transactions()
        .execute(status -> output.append(step(), output.kept("step"), progress));
  }

  private Step step() {
    return tables.transactions().execute(status -> steps.find("step").orElseThrow());
  }

  private String text(FeedEvent.Type type) {
    return feed.after("run", 0, 10_000).stream()
        .filter(event -> event.type() == type)
        .map(FeedEvent::body)
        .collect(Collectors.joining());
  }

  private static byte[] lines(int bytes) {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    IntStream.iterate(1, i -> text.length() < bytes, i -> i + 1)
        .forEach(i -> text.append(i).append(" x".repeat(random.nextInt(60))).append('\n'));
    return bytes(text.toString());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void rows(Json json) {
    jdbc.sql(
            """
            insert into run (id, runbook, title, process, state, inputs, requested_by, requested_at,
              deadline, locks, request_hash, feed_seq)
            values ('run', 'b', 't', 'p', 'RUNNING', '{}', 'x', :at, :at, '[]', 'h', 0)
            """)
        .param("at", Runs.utc(Instant.EPOCH))
        .update();
    jdbc.sql(
            """
            insert into run_step (id, run_id, seq, element, place, attempt, execution, kind, title,
              host, state, prepared, undone, awaits_person, ending, requested_at, out_bytes, err_bytes)
            values ('step', 'run', 1, 'e', 'p', 1, 'x', 'k', 't', 'h', 'RUNNING', :prepared, false,
              false, false, :at, 0, 0)
            """)
        .param("prepared", json.write(COMMAND))
        .param("at", Runs.utc(Instant.EPOCH))
        .update();
  }
}
