package org.runwright.engine;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.runwright.platform.Platforms;
import org.runwright.run.Journal;
import org.runwright.run.Runs;
import org.runwright.runbook.Scripts;
import org.runwright.step.ErrorBudget;
import org.runwright.step.Script;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The delegates of processes that go through hosts batch by batch. */
@Configuration(proxyBeanMethods = false)
class BatchDelegates {

  /**
   * Reads the script of the run's input {@code script} into the process, so that all hosts run the
   * same text whatever becomes of the file. Sets {@code scriptText} and {@code scriptSha256}.
   */
  @Bean
  JavaDelegate readScript(Scripts scripts, Runs runs) {
    return execution -> {
      Script script = scripts.read(String.valueOf(inputs(runs, execution).get("script")));
      DelegateExecution process = execution.getProcessInstance();
      process.setVariable(Variables.SCRIPT_TEXT, Texts.storable(script.text()));
      process.setVariable(Variables.SCRIPT_SHA256, script.sha256());
    };
  }

  /** Chooses the hosts. Sets {@code batches}, {@code planText} and {@code noFurther}. */
  @Bean
  JavaDelegate resolveBatches(Platforms platforms, Runs runs) {
    return execution -> {
      Map<String, Object> inputs = inputs(runs, execution);
      HostBatches batches = HostBatches.of(inputs, platforms.current());
      DelegateExecution process = execution.getProcessInstance();
      process.setVariable(
          Variables.BATCHES,
          new ArrayList<>(batches.batches().stream().map(ArrayList::new).toList()));
      process.setVariable(Variables.NO_FURTHER, false);
      process.setVariable(Variables.FAILURE, null);
      Optional<Object> sha256 = Optional.ofNullable(execution.getVariable(Variables.SCRIPT_SHA256));
      process.setVariable(Variables.PLAN_TEXT, Texts.head(BatchPlan.text(inputs, sha256, batches)));
    };
  }

  /**
   * Looks in the journal which hosts of the batch went wrong. Sets {@code hostsToRun} to them,
   * {@code withinBudget}, {@code failureMessage}, {@code checkOutput}, and for the whole run {@code
   * failure}, or none.
   */
  @Bean
  JavaDelegate countHosts(Journal journal, Runs runs) {
    return execution -> {
      HostCount count = HostCount.of(journal.of(execution.getProcessBusinessKey()), execution);
      ErrorBudget budget = HostBatches.budget(inputs(runs, execution));
      execution.setVariable(Variables.HOSTS_TO_RUN, new ArrayList<>(count.badOfBatch()));
      execution.setVariable("withinBudget", count.isWithin(budget));
      execution.setVariable(Variables.FAILURE_MESSAGE, Texts.head(count.message()));
      execution.setVariable(Variables.CHECK_OUTPUT, Texts.head(count.reasons()));
      execution
          .getProcessInstance()
          .setVariable(
              Variables.FAILURE, count.bad().isEmpty() ? null : Texts.head(count.message()));
    };
  }

  /** A person ends it here: sets {@code noFurther} and tells so in {@code failure}. */
  @Bean
  JavaDelegate beginNoFurther() {
    return execution -> {
      DelegateExecution process = execution.getProcessInstance();
      process.setVariable(Variables.NO_FURTHER, true);
      process.setVariable(
          Variables.FAILURE,
          Texts.head("ended by a person: " + process.getVariable(Variables.FAILURE)));
    };
  }

  private static Map<String, Object> inputs(Runs runs, DelegateExecution execution) {
    return runs.get(execution.getProcessBusinessKey()).inputs();
  }
}
