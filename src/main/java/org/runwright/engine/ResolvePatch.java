package org.runwright.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.runwright.platform.Host;
import org.runwright.platform.Platform;
import org.runwright.platform.Platforms;
import org.runwright.platform.Pool;
import org.runwright.platform.Service;
import org.runwright.step.ErrorBudget;
import org.runwright.step.Serial;
import org.runwright.step.StepRefused;
import org.springframework.stereotype.Component;

/**
 * Divides the hosts of the run's input {@code group} into batches, as its input {@code serial}
 * says. Sets {@code batches}, {@code planText} and the {@link RollingCount} of the run.
 *
 * <p>Refuses what would leave a pool with fewer healthy servers than it may have.
 */
@Component("resolvePatch")
class ResolvePatch implements JavaDelegate {

  private final Platforms platforms;

  ResolvePatch(Platforms platforms) {
    this.platforms = platforms;
  }

  @Override
  public void execute(DelegateExecution execution) {
    Platform platform = platforms.current();
    String group = String.valueOf(execution.getVariable("group"));
    List<String> hosts =
        platform.inventory().select(group).stream().map(Host::name).distinct().toList();
    if (hosts.isEmpty()) {
      throw new StepRefused("the inventory has no host or group " + group);
    }
    ErrorBudget.parse(execution.getVariable("errorBudget"));
    List<List<String>> batches =
        Serial.parse(execution.getVariable("serial")).batches(hosts).stream()
            .<List<String>>map(ArrayList::new)
            .toList();
    for (Service service : platform.services().services().values()) {
      service.pool().ifPresent(pool -> refuseTooMany(service, pool, batches, platform));
    }
    DelegateExecution process = execution.getProcessInstance();
    process.setVariable("batches", new ArrayList<>(batches));
    process.setVariable(Variables.PLAN_TEXT, Texts.head(plan(batches)));
    process.setVariable(Variables.FAILURE, null);
    RollingCount.begin(process, hosts.size());
  }

  /** A batch goes side by side, so all of it may be out of the pool at one moment. */
  private static void refuseTooMany(
      Service service, Pool pool, List<List<String>> batches, Platform platform) {
    List<String> servers = platform.hostsOf(service).stream().map(Host::name).toList();
    for (List<String> batch : batches) {
      long out = batch.stream().filter(servers::contains).count();
      if (out > 0 && servers.size() - out < pool.minHealthy()) {
        throw new StepRefused(
            "a batch of %s takes %d of the %d servers of %s out at once, and min-healthy of its pool is %d; choose a smaller serial"
                .formatted(
                    String.join(", ", batch),
                    out,
                    servers.size(),
                    service.name(),
                    pool.minHealthy()));
      }
    }
  }

  private static String plan(List<List<String>> batches) {
    StringBuilder plan = new StringBuilder();
    for (int i = 0; i < batches.size(); i++) {
      plan.append(i + 1)
          .append(i == 0 && batches.size() > 1 ? ". (canary) patch " : ". patch ")
          .append(batches.get(i).stream().collect(Collectors.joining(", ")))
          .append('\n');
    }
    return plan.toString();
  }
}
