package org.runwright.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run is going to do on its hosts, in words for whoever approves it. */
final class BatchPlan {

  private BatchPlan() {}

  static String text(Map<String, Object> inputs, Optional<Object> sha256, HostBatches batches) {
    List<String> lines = new ArrayList<>();
    lines.add(
        sha256
            .map(sum -> "Run the script " + inputs.get("script") + " (SHA-256 " + sum + ")")
            .orElse("Run the command\n" + inputs.get("command")));
    if (inputs.get("arguments") instanceof Collection<?> arguments && !arguments.isEmpty()) {
      lines.add("with the arguments " + arguments);
    }
    Optional.ofNullable(inputs.get("become"))
        .ifPresent(
            become ->
                lines.add(
                    Boolean.TRUE.equals(become)
                        ? "as the become user of each host"
                        : "as the user that logs in"));
    lines.add(
        "on %d hosts, at most %d at once, error budget %s:"
            .formatted(batches.hosts(), batches.parallelism(), batches.budget()));
    for (int i = 0; i < batches.batches().size(); i++) {
      lines.add((i + 1) + ". " + String.join(", ", batches.batches().get(i)));
    }
    return String.join("\n", lines);
  }
}
