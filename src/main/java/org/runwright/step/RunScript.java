package org.runwright.step;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.runwright.platform.Host;
import org.runwright.platform.Platform;
import org.springframework.stereotype.Component;

/**
 * Runs a script, whose text travels with the step, by the interpreter that its first line names.
 * The host compares the text's SHA-256 with the one that the step has before anything of it runs.
 * Parameters:
 *
 * <ul>
 *   <li>{@code name}, {@code text}, {@code sha256}: the script
 *   <li>{@code arguments}: reach it as its arguments
 *   <li>{@code become}: whether it runs as the host's become user; default: if the host has one
 * </ul>
 *
 * <p>What it can tell, and its time limit, are as of {@link RunCommand}. Nothing takes it back.
 */
@Component("run-script")
class RunScript implements StepKind {

  private static final Set<String> PARAMETERS =
      Set.of("name", "text", "sha256", "arguments", "become");

  private static final Duration TIME_LIMIT = Duration.ofHours(1);

  private final String runner = ShellText.of("run-script.sh");

  @Override
  public String name() {
    return "run-script";
  }

  @Override
  public PreparedStep prepare(StepRequest request, Platform platform) {
    Parameters parameters = Parameters.of(request, PARAMETERS);
    Host host = Hosts.require(request.host(), platform);
    Script script =
        Script.of(
            required(parameters, "name"),
            required(parameters, "text").getBytes(StandardCharsets.UTF_8));
    if (!script.sha256().equals(required(parameters, "sha256"))) {
      throw new StepRefused(
          "script " + script.name() + " is not the one whose SHA-256 was recorded");
    }
    String title = "Run " + script.name();
    List<String> arguments = new ArrayList<>();
    arguments.add(script.sha256());
    arguments.add(script.interpreter());
    arguments.add(script.option().orElse(""));
    arguments.add(script.text());
    arguments.addAll(parameters.texts("arguments"));
    return new PreparedStep(
        name(),
        title + " on " + host.name(),
        host.name(),
        request.service(),
        runner,
        Call.carry(title, arguments),
        Hosts.becomes(host, parameters.flag("become")),
        request.timeLimit().orElse(TIME_LIMIT),
        false,
        Optional.empty());
  }

  private static String required(Parameters parameters, String name) {
    return parameters
        .text(name)
        .orElseThrow(() -> new StepRefused("run-script wants the parameter '" + name + "'"));
  }
}
