package org.runwright.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.runwright.access.Person;
import org.runwright.runbook.InputSchema;
import org.runwright.runbook.Runbook;

/** A runbook for who may run it. */
record RunbookView(
    String id,
    String title,
    String description,
    @Schema(description = "JSON Schema (draft 2020-12) of the inputs") Map<String, Object> inputs,
    @Schema(description = "Whether its rule may ask people before it touches anything")
        boolean asksForApproval,
    @Schema(description = "Runs that need one of these do not run at the same time")
        List<String> locks,
    @Schema(description = "Time limit of a run, ISO 8601", example = "PT1H") String timeout,
    @Schema(description = "Groups whose members may run it; admins always may") List<String> runBy,
    @Schema(description = "Whether you may run it") boolean mayRun) {

  static RunbookView of(Runbook runbook, Person person) {
    return new RunbookView(
        runbook.id(),
        runbook.title(),
        runbook.description(),
        InputSchema.of(runbook),
        runbook.approval().isPresent(),
        runbook.locks(),
        runbook.timeout().toString(),
        runbook.runBy(),
        person.isInAny(runbook.runBy()));
  }
}
