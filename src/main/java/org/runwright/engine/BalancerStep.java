package org.runwright.engine;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.runwright.platform.Platform;
import org.runwright.step.StepRequest;

/**
 * A step that does one thing about the model's {@code host} on every balancer that sends customers
 * to it.
 */
class BalancerStep extends HostStep {

  BalancerStep(Tools tools, String kind) {
    super(tools, kind, "limit");
  }

  @Override
  List<StepRequest> requests(DelegateExecution execution, Platform platform) {
    String server = host(execution);
    return PooledHost.balancers(server, platform).stream()
        .map(balancer -> request(execution, balancer, Map.of("server", server)))
        .toList();
  }
}
