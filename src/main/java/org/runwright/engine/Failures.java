package org.runwright.engine;

import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.runwright.run.Journal;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Delegates that note what went wrong, so that the process can decide once a level is done. */
@Configuration(proxyBeanMethods = false)
class Failures {

  /** Sets the process's {@code failure}, unless an earlier one is noted. */
  @Bean
  JavaDelegate noteFailure() {
    return execution -> noteFirst(execution, Variables.FAILURE, described(execution));
  }

  /** Notes what could not be undone. */
  @Bean
  JavaDelegate noteUndoFailure(Journal journal) {
    return execution -> {
      String title =
          journal
              .find(String.valueOf(execution.getVariable("undoStepId")))
              .map(step -> "could not undo \"" + step.prepared().title() + "\": ")
              .orElse("");
      noteNext(execution, Variables.UNDO_FAILURE, title + message(execution));
    };
  }

  /** A service that could not be looked at counts as unwell; the journal has the reason. */
  @Bean
  JavaDelegate noteUnwell() {
    return execution -> {};
  }

  /** A service that a person let the run skip; the user task has who and why. */
  @Bean
  JavaDelegate noteSkip() {
    return execution -> {};
  }

  private static String described(DelegateExecution execution) {
    Object target = execution.getVariable(Variables.TARGET);
    return (target == null ? "" : target + ": ") + message(execution);
  }

  private static String message(DelegateExecution execution) {
    return Optional.ofNullable(execution.getVariable(Variables.FAILURE_MESSAGE))
        .map(Object::toString)
        .orElse("failed");
  }

  /** Nothing that was not undone goes untold. */
  private static void noteNext(DelegateExecution execution, String variable, String text) {
    DelegateExecution process = execution.getProcessInstance();
    Object before = process.getVariable(variable);
    process.setVariable(variable, Texts.head(before == null ? text : before + "; " + text));
  }

  private static void noteFirst(DelegateExecution execution, String variable, String text) {
    DelegateExecution process = execution.getProcessInstance();
    if (process.getVariable(variable) == null) {
      process.setVariable(variable, Texts.head(text));
    }
  }
}
