package org.runwright.runbook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.runwright.platform.FileProblems;
import org.runwright.platform.Suggestion;
import org.runwright.platform.YamlFile;
import org.runwright.platform.YamlMap;
import org.runwright.platform.YamlValue;

/** Reads one descriptor. */
final class DescriptorFile {

  /** The groups of people, as the room access defines them. */
  static final List<String> PEOPLE = List.of("viewer", "operator", "approver", "admin");

  private static final int MOST_INPUTS = 100;
  private static final Duration TIMEOUT = Duration.ofHours(1);
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern PROCESS = Pattern.compile("[A-Za-z_][A-Za-z0-9._-]{0,254}");
  private static final Pattern TITLE = Pattern.compile("(?=.*\\S)[^\\p{Cntrl}]{1,200}");
  private static final List<String> KEYS =
      List.of(
          "runbook",
          "title",
          "description",
          "process",
          "inputs",
          "approval",
          "locks",
          "timeout",
          "run-by");

  private final Optional<Processes> processes;

  /**
   * @param processes that descriptors are checked against; empty while they are not known
   */
  DescriptorFile(Optional<Processes> processes) {
    this.processes = processes;
  }

  /** The runbook and the place of its id; empty if there is any problem. */
  Optional<Descriptor> read(byte[] content, FileProblems problems) {
    return YamlFile.read(content, problems)
        .flatMap(this::descriptor)
        .filter(descriptor -> problems.none());
  }

  private Optional<Descriptor> descriptor(YamlMap map) {
    map.allow(KEYS);
    Optional<YamlValue> idValue = map.require("runbook");
    Optional<String> id =
        idValue.flatMap(
            value -> value.text(ID, "an id of letters, digits, _, . and -, at most 64"));
    Optional<YamlValue> processValue = map.require("process");
    Optional<String> process =
        processValue.flatMap(value -> value.text(PROCESS, "the id of a BPMN process"));
    Optional<String> title = map.get("title").flatMap(v -> v.text(TITLE, "one line of text"));
    Optional<String> description = map.get("description").flatMap(YamlValue::text);
    List<Input> inputs = map.get("inputs").map(this::inputs).orElse(List.of());
    Optional<ApprovalRule> approval = map.get("approval").flatMap(ApprovalForm::read);
    List<String> locks = map.get("locks").map(DescriptorFile::locks).orElse(List.of());
    Duration timeout = map.get("timeout").flatMap(YamlValue::duration).orElse(TIMEOUT);
    List<String> runBy = map.get("run-by").map(DescriptorFile::people).orElse(List.of("operator"));
    if (id.isEmpty() || process.isEmpty()) {
      return Optional.empty();
    }
    checkProcess(process.get(), processValue.get(), map.get("approval"));
    Runbook runbook =
        new Runbook(
            id.get(),
            title.orElse(id.get()),
            description.orElse(""),
            process.get(),
            inputs,
            approval,
            locks,
            timeout,
            runBy);
    return Optional.of(new Descriptor(runbook, idValue.get()));
  }

  private void checkProcess(String process, YamlValue place, Optional<YamlValue> approval) {
    if (processes.isEmpty()) {
      return;
    }
    Set<String> known = processes.get().ids();
    if (!known.contains(process)) {
      place.problem(
          "no process "
              + FileProblems.quoted(process)
              + " is deployed"
              + Suggestion.ending(process, known.stream().sorted().toList()));
    } else if (approval.isPresent() && !processes.get().asksForApproval(process)) {
      approval
          .get()
          .problem(
              "the process "
                  + process
                  + " has no call activity `approval`; without it the rule would be ignored");
    }
  }

  private List<Input> inputs(YamlValue value) {
    Optional<YamlMap> map = value.map();
    if (map.isEmpty()) {
      return List.of();
    }
    if (map.get().entries().size() > MOST_INPUTS) {
      value.problem("more than " + MOST_INPUTS + " inputs, the most allowed");
    }
    Set<String> reserved = processes.map(Processes::reservedVariables).orElse(Set.of());
    return map.get().entries().stream()
        .flatMap(entry -> InputForm.read(entry, reserved).stream())
        .toList();
  }

  private static List<String> locks(YamlValue value) {
    return value.items().stream()
        .flatMap(item -> item.text(TITLE, "the name of a lock, at most 200 characters").stream())
        .distinct()
        .toList();
  }

  static List<String> people(YamlValue value) {
    return value.items().stream().flatMap(item -> item.oneOf(PEOPLE).stream()).distinct().toList();
  }

  /**
   * A runbook as read.
   *
   * @param place of its id
   */
  record Descriptor(Runbook runbook, YamlValue place) {

    String id() {
      return runbook.id();
    }
  }
}
