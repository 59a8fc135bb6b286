package org.runwright.engine;

import java.time.Duration;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.runwright.run.Runs;
import org.springframework.stereotype.Component;

/**
 * Counts the restarts of a service that did not help, against the run's input {@code attempts}.
 * Sets {@code attempts}, {@code attemptsLeft} and {@code backoff} (ISO 8601), which doubles with
 * each attempt up to half a minute. A retry that a person asked for grants as many attempts again.
 */
@Component("countAttempt")
class CountAttempt implements JavaDelegate {

  private static final int DEFAULT_ATTEMPTS = 2;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Runs runs;

  CountAttempt(Runs runs) {
    this.runs = runs;
  }

  @Override
  public void execute(DelegateExecution execution) {
    int made = number(execution.getVariable("attempts")).orElse(0) + 1;
    int allowed =
        number(runs.get(execution.getProcessBusinessKey()).inputs().get("attempts"))
            .orElse(DEFAULT_ATTEMPTS);
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(made - 1, 10));
    execution.setVariable("attempts", made);
    execution.setVariable("attemptsLeft", made % allowed != 0);
    execution.setVariable(
        "backoff", (pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause).toString());
  }

  private static Optional<Integer> number(Object value) {
    return value instanceof Number number ? Optional.of(number.intValue()) : Optional.empty();
  }
}
