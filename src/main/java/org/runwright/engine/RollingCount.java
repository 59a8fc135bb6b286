package org.runwright.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.runwright.step.ErrorBudget;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What a rolling run has done so far, in variables of its process: {@code failedHosts} (texts
 * "host: why"), {@code doneParts} (instances of the called process that went well), {@code
 * forgiven} (how many failures a person accepted), {@code ended} and {@code undoDone} (what a
 * person decided).
 */
@Configuration(proxyBeanMethods = false)
class RollingCount {

  private static final String FAILED_HOSTS = "failedHosts";
  private static final String DONE_PARTS = "doneParts";
  private static final String FORGIVEN = "forgiven";
  private static final String ENDED = "ended";
  private static final String UNDO_DONE = "undoDone";
  private static final String ALL = "allHosts";
  private static final String AFTER_HOST = ": ";

  static void begin(DelegateExecution process, int hosts) {
    process.setVariable(FAILED_HOSTS, new ArrayList<String>());
    process.setVariable(DONE_PARTS, new ArrayList<String>());
    process.setVariable(FORGIVEN, 0);
    process.setVariable(ENDED, false);
    process.setVariable(UNDO_DONE, false);
    process.setVariable(ALL, hosts);
  }

  /** A host went well, perhaps after a retry. */
  @Bean
  JavaDelegate noteHostDone() {
    return execution -> {
      DelegateExecution process = execution.getProcessInstance();
      List<String> done = texts(process, DONE_PARTS);
      done.add(String.valueOf(execution.getVariable("part")));
      process.setVariable(DONE_PARTS, done);
      process.setVariable(FAILED_HOSTS, withoutHost(execution));
      process.setVariable(Variables.UNDO_FAILURE, null);
    };
  }

  /**
   * A host went wrong and was put back. Sets {@code budgetExceeded}: more hosts went wrong than the
   * run's input {@code errorBudget} allows, or one of the canary did.
   */
  @Bean
  JavaDelegate noteHostFailed() {
    return execution -> {
      DelegateExecution process = execution.getProcessInstance();
      List<String> failed = withoutHost(execution);
      failed.add(Texts.head(HostStep.host(execution) + AFTER_HOST + described(execution)));
      process.setVariable(FAILED_HOSTS, failed);
      ErrorBudget budget = ErrorBudget.parse(execution.getVariable("errorBudget"));
      int all = number(process, ALL);
      int counted = Math.max(1, failed.size() - number(process, FORGIVEN));
      boolean canary = isCanary(execution);
      execution.setVariable("budgetExceeded", canary || budget.exceededBy(counted, all));
      execution.setVariable("failedText", Texts.head(String.join("\n", failed)));
    };
  }

  /** What a person decided: go-on, retry, end, or end-undo, which takes the hosts done along. */
  @Bean
  JavaDelegate noteDecision() {
    return execution -> {
      DelegateExecution process = execution.getProcessInstance();
      String decision = String.valueOf(execution.getVariable(Variables.DECISION));
      switch (decision) {
        case "go-on" -> process.setVariable(FORGIVEN, texts(process, FAILED_HOSTS).size());
        case "retry" -> process.setVariable(FAILED_HOSTS, withoutHost(execution));
        default -> {
          process.setVariable(ENDED, true);
          if (decision.equals("end-undo")) {
            process.setVariable(UNDO_DONE, true);
            process.setVariable(DONE_PARTS, new ArrayList<String>());
          }
        }
      }
    };
  }

  /**
   * Sets the run's {@code failure} if a host went wrong, or was not begun because a person ended
   * it.
   */
  @Bean
  JavaDelegate sumUpHosts() {
    return execution -> {
      DelegateExecution process = execution.getProcessInstance();
      List<String> failed = texts(process, FAILED_HOSTS);
      boolean ended = Boolean.TRUE.equals(process.getVariable(ENDED));
      if (!failed.isEmpty() || ended) {
        process.setVariable(
            Variables.FAILURE,
            Texts.head(
                "%d of %d hosts went wrong%s: %s"
                    .formatted(
                        failed.size(),
                        number(process, ALL),
                        ended ? ", and a person ended the run" : "",
                        String.join("; ", failed))));
      }
    };
  }

  private static String described(DelegateExecution execution) {
    String failure = text(execution, "hostFailure").orElse("failed");
    return text(execution, "hostUndoFailure")
        .map(undo -> failure + "; " + undo)
        .orElse(failure + "; it was put back as it was");
  }

  /** The first of several batches. */
  private static boolean isCanary(DelegateExecution execution) {
    return execution.getVariable("batches") instanceof List<?> batches
        && batches.size() > 1
        && batches.get(0) instanceof Collection<?> first
        && first.contains(HostStep.host(execution));
  }

  private static List<String> withoutHost(DelegateExecution execution) {
    List<String> failed = texts(execution.getProcessInstance(), FAILED_HOSTS);
    failed.removeIf(text -> text.startsWith(HostStep.host(execution) + AFTER_HOST));
    return failed;
  }

  private static List<String> texts(DelegateExecution process, String variable) {
    List<String> texts = new ArrayList<>();
    if (process.getVariable(variable) instanceof Collection<?> values) {
      values.forEach(value -> texts.add(String.valueOf(value)));
    }
    return texts;
  }

  private static int number(DelegateExecution process, String variable) {
    return process.getVariable(variable) instanceof Number number ? number.intValue() : 0;
  }

  private static Optional<String> text(DelegateExecution execution, String variable) {
    return Optional.ofNullable(execution.getVariable(variable)).map(Object::toString);
  }
}
