package org.runwright.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.runwright.access.Person;
import org.runwright.run.Run;
import org.runwright.run.RunControl;
import org.runwright.run.RunSearch;
import org.runwright.run.RunSummary;
import org.runwright.run.Runs;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Runs: what they did, and what people do to them. */
@RestController
@RequestMapping(path = "/api/runs", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Runs")
class RunController {

  private static final int MOST = 200;

  private final Runs runs;
  private final RunSearch search;
  private final RunReader reader;
  private final RunControl control;

  RunController(Runs runs, RunSearch search, RunReader reader, RunControl control) {
    this.runs = runs;
    this.search = search;
    this.reader = reader;
    this.control = control;
  }

  @GetMapping
  @Operation(operationId = "listRuns", summary = "Runs, newest first")
  @ApiResponse(responseCode = "200", description = "One page of them")
  @ApiResponse(responseCode = "422", description = "A parameter says what cannot be")
  RunPage list(
      @ParameterObject RunFilterParameters filter,
      @Parameter(description = "How many at most, 1 to 200") @RequestParam(defaultValue = "50")
          int limit,
      @Parameter(description = "The `next` of the page before") @RequestParam
          Optional<String> after) {
    if (limit < 1 || limit > MOST) {
      throw new InvalidRequest("limit", "is %d; 1 to %d are allowed".formatted(limit, MOST));
    }
    Optional<String> last = after.flatMap(text -> Texts.optional("after", text));
    if (last.isPresent() && runs.find(last.get()).isEmpty()) {
      throw new InvalidRequest("after", "is no run; take the `next` of the page before");
    }
    List<Run> found = search.list(filter.filter(), last, limit + 1);
    boolean more = found.size() > limit;
    List<Run> page = more ? found.subList(0, limit) : found;
    return new RunPage(
        page.stream().map(RunSummary::of).toList(), more ? page.get(limit - 1).id() : null);
  }

  @GetMapping("/{run}")
  @Operation(operationId = "getRun", summary = "A run with its steps")
  @ApiResponse(responseCode = "200", description = "As they are now")
  RunDetails get(@PathVariable String run) {
    return reader.details(run);
  }

  @PostMapping(path = "/{run}/cancel", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      operationId = "cancelRun",
      summary = "Cancel a run",
      description = "Ends its commands on the hosts, then undoes what it changed. For operators.")
  @ApiResponse(responseCode = "202", description = "It is being cancelled")
  @ApiResponse(
      responseCode = "409",
      description = "It has ended, or is being undone already",
      content = @Content(schema = @Schema(implementation = Problem.class)))
  RunSummary cancel(
      @AuthenticationPrincipal Person person,
      @PathVariable String run,
      @RequestBody Cancellation body) {
    String reason = Texts.required("reason", body.reason());
    boolean compensate = !Boolean.FALSE.equals(body.compensate());
    return RunSummary.of(control.cancel(person, run, reason, compensate));
  }

  @PostMapping(path = "/{run}/resume", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      operationId = "resumeRun",
      summary = "Go on where a run stands",
      description =
          "Tries every step again that waits for a person, and what failed between steps. For"
              + " operators.")
  @ApiResponse(responseCode = "202", description = "They are tried again, as new attempts")
  @ApiResponse(
      responseCode = "409",
      description = "Nothing of it waits to be tried again",
      content = @Content(schema = @Schema(implementation = Problem.class)))
  RunSummary resume(
      @AuthenticationPrincipal Person person,
      @PathVariable String run,
      @RequestBody StepDecision body) {
    return RunSummary.of(control.resume(person, run, Texts.required("reason", body.reason())));
  }

  @PostMapping(path = "/{run}/steps/{step}/retry", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      operationId = "retryStep",
      summary = "Try a step again",
      description = "For a step that failed or whose outcome is unknown. For operators.")
  @ApiResponse(responseCode = "202", description = "It is tried again, as a new attempt")
  @ApiResponse(
      responseCode = "409",
      description = "It does not wait for a person",
      content = @Content(schema = @Schema(implementation = Problem.class)))
  RunSummary retry(
      @AuthenticationPrincipal Person person,
      @PathVariable String run,
      @PathVariable String step,
      @RequestBody StepDecision body) {
    return RunSummary.of(control.retry(person, run, step, Texts.required("reason", body.reason())));
  }

  @PostMapping(path = "/{run}/steps/{step}/skip", consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      operationId = "skipStep",
      summary = "Go on without a step",
      description = "For a step that failed or whose outcome is unknown. For operators.")
  @ApiResponse(responseCode = "202", description = "The run goes on as if it had succeeded")
  @ApiResponse(
      responseCode = "409",
      description = "It does not wait for a person",
      content = @Content(schema = @Schema(implementation = Problem.class)))
  RunSummary skip(
      @AuthenticationPrincipal Person person,
      @PathVariable String run,
      @PathVariable String step,
      @RequestBody StepDecision body) {
    return RunSummary.of(control.skip(person, run, step, Texts.required("reason", body.reason())));
  }
}
