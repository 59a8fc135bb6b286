package org.runwright.step;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.runwright.platform.Host;
import org.runwright.platform.Platform;
import org.springframework.stereotype.Component;

/**
 * Runs a command of the runbook's author. Parameters:
 *
 * <ul>
 *   <li>{@code command}: shell text; {@code arguments} reach it as {@code $1}, {@code $2} …
 *   <li>{@code undo}: shell text that takes its change back, with the same arguments
 *   <li>{@code safe-to-repeat}: whether running it twice does no harm; default false
 *   <li>{@code become}: whether it runs as the host's become user; default: if the host has one
 *   <li>{@code title}: for people; default "Run a command"
 * </ul>
 *
 * <p>The command counts as having changed something once it succeeded, unless it says {@code
 * changed=false} in the file that {@code $RUNWRIGHT_RESULT} names. Time limit: an hour.
 */
@Component("run-command")
class RunCommand implements StepKind {

  private static final Set<String> PARAMETERS =
      Set.of("command", "arguments", "undo", "safe-to-repeat", "become", "title");

  private static final Duration TIME_LIMIT = Duration.ofHours(1);

  private final String script = ShellText.of("run-command.sh");

  @Override
  public String name() {
    return "run-command";
  }

  @Override
  public PreparedStep prepare(StepRequest request, Platform platform) {
    Parameters parameters = Parameters.of(request, PARAMETERS);
    Host host = Hosts.require(request.host(), platform);
    String command =
        parameters
            .text("command")
            .orElseThrow(() -> new StepRefused("run-command wants the parameter 'command'"));
    String title = parameters.text("title").orElse("Run a command");
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(parameters.texts("arguments"));
    parameters.text("undo").ifPresent(undo -> Call.carry(title, List.of(undo)));
    return new PreparedStep(
        name(),
        title + " on " + host.name(),
        host.name(),
        request.service(),
        script,
        Call.carry(title, arguments),
        Hosts.becomes(host, parameters.flag("become")),
        request.timeLimit().orElse(TIME_LIMIT),
        parameters.flag("safe-to-repeat").orElse(false),
        parameters.text("undo").map(undo -> undoing(undo, title, request)));
  }

  private StepRequest undoing(String undo, String title, StepRequest request) {
    Map<String, Object> parameters = new LinkedHashMap<>(request.parameters());
    parameters.remove("undo");
    parameters.put("command", undo);
    parameters.put("title", "Undo: " + title);
    return new StepRequest(
        name(), request.host(), request.service(), parameters, request.timeLimit());
  }
}
