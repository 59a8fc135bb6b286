package org.runwright.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.runwright.run.Feed;
import org.runwright.run.Runs;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What happens in a run, while it happens. */
@RestController
@Tag(name = "Runs")
class EventController {

  private final Runs runs;
  private final Feed feed;
  private final EventStreams streams;

  EventController(Runs runs, Feed feed, EventStreams streams) {
    this.runs = runs;
    this.feed = feed;
    this.streams = streams;
  }

  @GetMapping(path = "/api/runs/{run}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(
      operationId = "followRun",
      summary = "What happens in a run, live, from its beginning",
      description =
          """
          Server-Sent Events, in order. The id ascends; a follower who comes \
          back with it in `Last-Event-ID` misses nothing of what is kept. The stream ends after the event that ends \
          the run, and after an hour; comments keep it alive in between.
          - `run`: the run as it is from now on, as `GET /api/runs/{run}` tells it, without steps
          - `step`: a step as it is from now on, as in the `steps` of a run
          - `output`: what a step wrote: `{"stepId", "stream": "stdout" or "stderr", "text", "at"}`; with \
          `leftOut` where bytes before the text were left out, because the step wrote more than is kept
          """)
  @ApiResponse(
      responseCode = "200",
      description = "The events",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
              schema = @Schema(type = "string")))
  @ApiResponse(
      responseCode = "204",
      description = "The run has ended and all its events came before; do not come back",
      content = @Content)
  @ApiResponse(
      responseCode = "429",
      description = "Too many streams are open; Retry-After tells when to come back",
      content = @Content(schema = @Schema(implementation = Problem.class)))
  ResponseEntity<SseEmitter> follow(
      @PathVariable String run,
      @Parameter(description = "The id of the last event that came; only later ones are sent")
          @RequestHeader("Last-Event-ID")
          Optional<String> lastEventId,
      @Parameter(
              description =
                  "The same for who cannot send that header at first, such as a browser's"
                      + " EventSource; the header goes before it")
          @RequestParam
          Optional<String> after,
      @Parameter(description = "Of output only this step's; `run` and `step` come as ever")
          @RequestParam
          Optional<String> step) {
    long seq = number("Last-Event-ID", lastEventId).or(() -> number("after", after)).orElse(0L);
    boolean ended = runs.get(run).state().ended();
    if (ended && feed.after(run, seq, 1).isEmpty()) {
      return ResponseEntity.noContent().build();
    }
    return ResponseEntity.ok()
        .header("X-Accel-Buffering", "no")
        .body(streams.open(run, step.flatMap(id -> Texts.optional("step", id)), seq));
  }

  private static Optional<Long> number(String field, Optional<String> id) {
    return id.filter(text -> !text.isBlank())
        .map(
            text -> {
              if (!text.matches("\\d{1,18}")) {
                throw new InvalidRequest(field, "is not the id of an event, which is a number");
              }
              return Long.parseLong(text);
            });
  }
}
