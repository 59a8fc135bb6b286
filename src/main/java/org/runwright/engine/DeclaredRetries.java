package org.runwright.engine;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.impl.bpmn.parser.DefaultFailedJobParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.FailedJobRetryConfiguration;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.util.ParseUtil;
import org.runwright.step.StepRefused;

/**
 * The retries that a model declares for a service task with {@code
 * camunda:failedJobRetryTimeCycle}: {@code R3/PT10S}, three attempts ten seconds apart, or {@code
 * PT10S,PT1M}, one pause after each failed attempt.
 */
final class DeclaredRetries {

  /** More attempts than this are no retry but a loop. */
  private static final int MOST = 100;

  private DeclaredRetries() {}

  /** The pauses before the second attempt, the third, and so on; empty if nothing is declared. */
  static List<Duration> of(ExecutionEntity execution) {
    FailedJobRetryConfiguration declared =
        execution
            .getActivity()
            .getProperties()
            .get(DefaultFailedJobParseListener.FAILED_JOB_CONFIGURATION);
    if (declared != null && declared.getExpression() != null) {
      Object text = declared.getExpression().getValue(execution);
      declared = text == null ? null : ParseUtil.parseRetryIntervals(text.toString());
    }
    return declared == null
        ? List.of()
        : pauses(declared.getRetries(), declared.getRetryIntervals());
  }

  /** The engine hands on {@code R3/PT10S} as it stands. */
  private static Duration pause(String interval) {
    return Duration.parse(interval.substring(interval.indexOf('/') + 1));
  }

  private static List<Duration> pauses(int attempts, List<String> intervals) {
    try {
      List<Duration> pauses = intervals.stream().map(DeclaredRetries::pause).toList();
      return IntStream.range(0, Math.min(attempts, MOST) - 1)
          .mapToObj(i -> pauses.get(Math.min(i, pauses.size() - 1)))
          .toList();
    } catch (DateTimeParseException e) {
      throw new StepRefused(
          "failedJobRetryTimeCycle must be like R3/PT10S or PT10S,PT1M, not " + intervals);
    }
  }
}
