package org.runwright.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Fills a database that has our tables with finished runs, as if they had been run over a year: for
 * measurements of lists, searches and clean-up at size. The same counts give the same rows. Not
 * thread-safe.
 */
public final class MillionSteps {

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
  private static final List<String> RUNBOOKS =
      List.of("start-platform", "stop-platform", "recover-platform", "rotate-logs", "update-hosts");
  private static final List<String> SERVICES =
      List.of("database", "application", "network", "crm", "search", "queue", "mail", "cache");
  private static final List<String> STATES =
      List.of("SUCCEEDED", "FAILED", "COMPENSATED", "CANCELLED");
  private static final int HOSTS = 300;
  private static final int PEOPLE = 20;
  private static final int WORDS = 2000;
  private static final int BATCH = 2000;

  private final DataSource database;
  private final Counts counts;
  private final String prepared;
  private final Random chance = new Random(1);

  /**
   * How much to write.
   *
   * @param feedPerStep rows of the feed, the last of each step is no output
   * @param scriptLength characters of each step's script; 3,000 is what a start of a service has
   * @param end when the newest run was asked for; the oldest was a year before
   */
  public record Counts(int runs, int stepsPerRun, int feedPerStep, int scriptLength, Instant end) {

    private static final int USUAL_SCRIPT = 3000;

    /** With scripts of the usual length, and two rows of the feed per step beside its output. */
    public Counts(int runs, int stepsPerRun, int outputPerStep, Instant end) {
      this(runs, stepsPerRun, outputPerStep + 2, USUAL_SCRIPT, end);
    }
  }

  public MillionSteps(DataSource database, Counts counts) {
    this.database = database;
    this.counts = counts;
    this.prepared =
        """
        {"kind":"start-service","title":"t","host":"h","service":"s","script":"%s","arguments":[],\
        "become":false,"timeLimit":"PT1M","safeToRepeat":true,"undo":null}"""
            .formatted("x".repeat(counts.scriptLength()));
  }

  /** The id of the n-th run, the oldest is 0. */
  public String runId(int n) {
    return SECOND.format(time(n)) + "-%010x".formatted(n);
  }

  /** Writes all rows. */
  public void fill() throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement run = connection.prepareStatement(RUN);
          PreparedStatement step = connection.prepareStatement(STEP);
          PreparedStatement feed = connection.prepareStatement(FEED);
          PreparedStatement term = connection.prepareStatement(TERM)) {
        for (int n = 0; n < counts.runs(); n++) {
          add(n, run, step, feed, term);
          if (n % BATCH == BATCH - 1 || n == counts.runs() - 1) {
            for (PreparedStatement each : List.of(run, step, feed, term)) {
              each.executeBatch();
            }
            connection.commit();
          }
        }
      }
    }
  }

  private static final String RUN =
      """
      insert into run (id, runbook, title, process, state, inputs, reason, requested_by,
        requested_at, started_at, ended_at, deadline, locks, message, request_hash, feed_seq)
      values (?, ?, ?, ?, ?, '{"services":[]}', ?, ?, ?, ?, ?, ?, '["platform"]', ?, 'x', ?)
      """;
  private static final String STEP =
      """
      insert into run_step (id, run_id, seq, element, place, attempt, execution, kind, title, host,
        service, level_no, state, prepared, undone, awaits_person, ending, changed, exit_code,
        message, result_values, requested_at, started_at, ended_at, out_bytes, err_bytes)
      values (?, ?, ?, ?, ?, 1, ?, 'start-service', ?, ?, ?, ?, ?, ?, false, false, false, true, ?,
        'active', '{}', ?, ?, ?, 100, 0)
      """;
  private static final String FEED =
      "insert into run_feed (run_id, seq, type, step_id, body, at) values (?, ?, ?, ?, ?, ?)";
  private static final String TERM = "insert into run_term (term, run_id) values (?, ?)";

  private void add(
      int n,
      PreparedStatement run,
      PreparedStatement step,
      PreparedStatement feed,
      PreparedStatement term)
      throws SQLException {
    String id = runId(n);
    OffsetDateTime at = OffsetDateTime.ofInstant(time(n), ZoneOffset.UTC);
    String runbook = RUNBOOKS.get(chance.nextInt(RUNBOOKS.size()));
    String state = STATES.get(chance.nextInt(100) < 90 ? 0 : 1 + chance.nextInt(3));
    String ticket = "chg-%06d".formatted(n);
    String word = "word" + chance.nextInt(WORDS);
    String person = "operator" + chance.nextInt(PEOPLE);
    set(
        run,
        id,
        runbook,
        "Run " + runbook,
        runbook,
        state,
        ticket + " because of " + word,
        person,
        at,
        at,
        at.plusSeconds(30),
        at.plusHours(1),
        state.equals("FAILED") ? "it broke" : null,
        counts.stepsPerRun() * counts.feedPerStep());
    Set<String> terms = new LinkedHashSet<>(List.of("run", runbook, ticket, "because", "of"));
    terms.addAll(List.of(runbook.split("-")));
    terms.addAll(List.of(ticket.split("-")));
    terms.addAll(List.of(word, person));
    int seq = 0;
    for (int s = 0; s < counts.stepsPerRun(); s++) {
      String stepId = "%s-%d".formatted(id, s);
      String host = "host" + chance.nextInt(HOSTS);
      String service = SERVICES.get(s % SERVICES.size());
      terms.addAll(List.of("host=" + host, host, "service=" + service, service));
      set(
          step,
          stepId,
          id,
          s + 1,
          "start",
          "place" + s,
          "execution-" + stepId,
          "Start " + service + " on " + host,
          host,
          service,
          s,
          state.equals("FAILED") && s == counts.stepsPerRun() - 1 ? "FAILED" : "SUCCEEDED",
          prepared,
          0,
          at,
          at.plusSeconds(s),
          at.plusSeconds(s + 1L));
      for (int f = 0; f < counts.feedPerStep(); f++) {
        boolean output = f < counts.feedPerStep() - 1;
        set(
            feed,
            id,
            ++seq,
            output ? "STDOUT" : "STEP",
            stepId,
            output ? "line " + f + " of " + service + "\n" : "{}",
            at.plusSeconds(s));
      }
    }
    for (String each : terms) {
      set(term, each, id);
    }
  }

  private Instant time(int n) {
    Duration year = Duration.ofDays(365);
    return counts.end().minusMillis(year.toMillis() / counts.runs() * (counts.runs() - n));
  }

  private static void set(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    statement.addBatch();
  }
}
