package org.runwright.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The runbooks that are measured, written into a server's folders. */
final class Models {

  /** Six commands on each of many hosts: a round for each host, side by side. */
  static final String ROUNDS = "bench-rounds";

  /** Six commands on many hosts: each one element, each host's command a step of its own. */
  static final String FANNED = "bench-fanned";

  /** A chain of {@link #CHAIN} commands on one host. */
  static final String STEPS = "bench-steps";

  /** Three commands on one host; the first prints the time. */
  static final String THREE = "bench-three";

  /** Two long commands on each of many hosts. */
  static final String SLEEP = "bench-sleep";

  /** One command that prints 100 MB. */
  static final String OUTPUT = "bench-output";

  static final String PRINT =
      "yes 0123456789012345678901234567890123456789012345678901234567890123456789012345678"
          + " | head -c 100000000";

  static final int CHAIN = 25;
  static final int COMMANDS = 6;

  private static final String HOSTS = "hosts: { type: list, of: host, required: true }";
  private static final String HOST = "host: { type: string, of: host, required: true }";

  private final Path runbooks;
  private final Path processes;

  private Models(Path runbooks, Path processes) {
    this.runbooks = runbooks;
    this.processes = processes;
  }

  static void write(Path runbooks, Path processes) throws IOException {
    Models models = new Models(runbooks, processes);
    models.add(ROUNDS, HOSTS, rounds(chain("round-", COMMANDS, "true")));
    models.add(STEPS, HOST, chain("", CHAIN, "true"));
    models.add(THREE, HOST, chain("", 3, "date +%s.%N"));
    models.add(OUTPUT, HOST, chain("", 1, PRINT));
    String sleep = chain("a-", 1, "sleep 1200");
    models.add(SLEEP, HOSTS, rounds(sleep));
    models.add(
        FANNED,
        HOSTS,
        chain("", COMMANDS, "true").replace("name=\"host\">${host}", "name=\"hosts\">${hosts}"));
  }

  private void add(String id, String input, String body) throws IOException {
    Files.writeString(
        processes.resolve(id + ".bpmn"),
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="https://runwright.org/bench">
          <bpmn:process id="%s" isExecutable="true" camunda:historyTimeToLive="P180D">
        %s
          </bpmn:process>
        </bpmn:definitions>
        """
            .formatted(id, body));
    Files.writeString(
        runbooks.resolve(id + ".yml"),
        """
        runbook: %1$s
        title: %1$s
        process: %1$s
        inputs:
          %2$s
        run-by: [ operator ]
        """
            .formatted(id, input));
  }

  private static String rounds(String inside) {
    return start("", "rounds")
        + """
        <bpmn:subProcess id="rounds">
          <bpmn:multiInstanceLoopCharacteristics camunda:collection="${hosts}" camunda:elementVariable="host" />
        %s
        </bpmn:subProcess>
        """
            .formatted(inside)
        + end("", "rounds");
  }

  private static String chain(String prefix, int length, String command) {
    return start(prefix, prefix + "step-1")
        + IntStream.rangeClosed(1, length)
            .mapToObj(
                number ->
                    step(prefix + "step-" + number, command)
                        + (number == length
                            ? ""
                            : flow(prefix + "step-" + number, prefix + "step-" + (number + 1))))
            .collect(Collectors.joining())
        + end(prefix, prefix + "step-" + length);
  }

  private static String step(String id, String command) {
    return """
        <bpmn:serviceTask id="%s" camunda:delegateExpression="${runCommand}" camunda:asyncAfter="true">
          <bpmn:extensionElements>
            <camunda:inputOutput>
              <camunda:inputParameter name="host">${host}</camunda:inputParameter>
              <camunda:inputParameter name="command">%s</camunda:inputParameter>
            </camunda:inputOutput>
          </bpmn:extensionElements>
        </bpmn:serviceTask>
        """
        .formatted(id, command);
  }

  private static String start(String prefix, String next) {
    return "<bpmn:startEvent id=\"%sbegin\" />%n".formatted(prefix) + flow(prefix + "begin", next);
  }

  private static String end(String prefix, String last) {
    return "<bpmn:endEvent id=\"%sdone\" />%n".formatted(prefix) + flow(last, prefix + "done");
  }

  private static String flow(String from, String to) {
    return "<bpmn:sequenceFlow id=\"%1$s-to-%2$s\" sourceRef=\"%1$s\" targetRef=\"%2$s\" />%n"
        .formatted(from, to);
  }
}
