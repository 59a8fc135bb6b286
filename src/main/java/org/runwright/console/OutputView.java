package org.runwright.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.runwright.run.FeedEvent;
import org.runwright.run.OutputTail;
import org.runwright.run.StepSummary;
import org.springframework.stereotype.Component;

/**
 * Reads the end of a step's output for a page, bounded in lines and in characters, however long the
 * output is. Thread-safe.
 */
@Component
class OutputView {

  static final int LINES = 500;
  private static final int CHARACTERS = 200_000;
  private static final int PIECES = 50;
  private static final int LONGEST_LINE = 4000;

  private final OutputTail tail;

  OutputView(OutputTail tail) {
    this.tail = tail;
  }

  /**
   * The end of a step's output.
   *
   * @param lines oldest first
   * @param cut whether more came before
   * @param seq a follower has to be told what comes after this number
   */
  record Shown(
      String runId,
      String stepId,
      String title,
      String host,
      Badge badge,
      boolean ended,
      List<Line> lines,
      boolean cut,
      long seq) {}

  /**
   * A line.
   *
   * @param open whether its end has not come yet
   */
  record Line(String text, boolean error, boolean open) {}

  Shown of(String runId, StepSummary step) {
    long seq = tail.newest(runId);
    Deque<FeedEvent> pieces = new ArrayDeque<>();
    long before = Long.MAX_VALUE;
    int characters = 0;
    int ends = 0;
    boolean more = true;
    while (more && characters < CHARACTERS && ends <= LINES) {
      List<FeedEvent> earlier = tail.before(runId, step.id(), before, PIECES);
      for (int i = earlier.size() - 1; i >= 0; i--) {
        FeedEvent piece = earlier.get(i);
        pieces.addFirst(piece);
        characters += piece.body().length();
        ends += (int) piece.body().chars().filter(c -> c == '\n').count();
        before = piece.seq();
      }
      more = earlier.size() == PIECES;
    }
    List<Line> lines = lines(pieces);
    boolean cut = more || lines.size() > LINES;
    return new Shown(
        runId,
        step.id(),
        step.title(),
        step.host(),
        Badge.of(step.state()),
        step.endedAt() != null,
        lines.size() > LINES ? lines.subList(lines.size() - LINES, lines.size()) : lines,
        cut,
        pieces.isEmpty() ? seq : Math.max(seq, pieces.getLast().seq()));
  }

  private static List<Line> lines(Iterable<FeedEvent> pieces) {
    List<Line> lines = new ArrayList<>();
    for (FeedEvent piece : pieces) {
      boolean error = piece.type() == FeedEvent.Type.STDERR;
      String[] parts = piece.body().split("\n", -1);
      for (int i = 0; i < parts.length; i++) {
        boolean last = i == parts.length - 1;
        if (!last || !parts[i].isEmpty()) {
          add(lines, new Line(shortened(parts[i]), error, last));
        }
      }
    }
    return lines;
  }

  private static void add(List<Line> lines, Line line) {
    Line before = lines.isEmpty() ? null : lines.get(lines.size() - 1);
    if (before != null && before.open() && before.error() == line.error()) {
      String joined = shortened(before.text() + line.text());
      lines.set(lines.size() - 1, new Line(joined, line.error(), line.open()));
    } else {
      lines.add(line);
    }
  }

  private static String shortened(String line) {
    return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + " …";
  }
}
