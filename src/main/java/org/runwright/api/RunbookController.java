package org.runwright.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.runwright.access.Person;
import org.runwright.run.Run;
import org.runwright.run.RunRefused;
import org.runwright.run.RunRequest;
import org.runwright.run.RunRequests;
import org.runwright.run.RunSummary;
import org.runwright.runbook.Runbooks;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Runbooks: what may be run, and asking for a run. */
@RestController
@RequestMapping(path = "/api/runbooks", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Runbooks")
class RunbookController {

  private static final int LONGEST_KEY = 255;

  private final Runbooks runbooks;
  private final RunRequests requests;

  RunbookController(Runbooks runbooks, RunRequests requests) {
    this.runbooks = runbooks;
    this.requests = requests;
  }

  @GetMapping
  @Operation(operationId = "listRunbooks", summary = "What may be run")
  @ApiResponse(responseCode = "200", description = "By id; and what is wrong with descriptors")
  RunbookList list(@AuthenticationPrincipal Person person) {
    return new RunbookList(
        runbooks.all().stream().map(runbook -> RunbookView.of(runbook, person)).toList(),
        runbooks.problems().stream().map(FileProblemView::of).toList());
  }

  @GetMapping("/{runbook}")
  @Operation(operationId = "getRunbook", summary = "One runbook, with its inputs as JSON Schema")
  @ApiResponse(responseCode = "200", description = "As it is in force")
  RunbookView get(@AuthenticationPrincipal Person person, @PathVariable String runbook) {
    return runbooks
        .find(runbook)
        .map(found -> RunbookView.of(found, person))
        .orElseThrow(
            () -> new RunRefused(RunRefused.Cause.NOT_FOUND, "there is no runbook " + runbook));
  }

  @PostMapping(path = "/{runbook}/runs", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      operationId = "startRun",
      summary = "Ask for a run",
      description = "For the groups that the runbook names in `run-by`, and admins.")
  @ApiResponse(
      responseCode = "202",
      description = "It is accepted, and waits for its locks or has begun",
      headers = @Header(name = "Location", description = "Where the run is"))
  @ApiResponse(
      responseCode = "422",
      description =
          "An input is wrong, each named in `errors`; or the key was used for another request",
      content = @Content(schema = @Schema(implementation = Problem.class)))
  ResponseEntity<RunSummary> run(
      @AuthenticationPrincipal Person person,
      @PathVariable String runbook,
      @Parameter(
              description =
                  "Any text of up to 255 printable ASCII characters: the same key of the same person"
                      + " means the same run, so that a request can be sent again without harm")
          @RequestHeader("Idempotency-Key")
          Optional<String> key,
      @RequestBody NewRun body,
      HttpServletRequest request) {
    key.ifPresent(RunbookController::mustBeKey);
    Run run =
        requests.submit(
            person,
            new RunRequest(
                runbook,
                body.inputs() == null ? Map.of() : body.inputs(),
                Texts.optional("reason", body.reason()),
                key));
    return ResponseEntity.accepted()
        .location(URI.create(request.getContextPath() + "/api/runs/" + run.id()))
        .body(RunSummary.of(run));
  }

  private static void mustBeKey(String key) {
    boolean printable = key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (key.isEmpty() || key.length() > LONGEST_KEY || !printable) {
      throw new InvalidRequest(
          "Idempotency-Key", "must be 1 to 255 printable ASCII characters without blanks");
    }
  }
}
