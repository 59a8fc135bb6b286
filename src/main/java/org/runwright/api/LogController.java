package org.runwright.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.runwright.run.Feed;
import org.runwright.run.FeedEvent;
import org.runwright.run.OutputGaps;
import org.runwright.run.Runs;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** What the commands of a run wrote, as text. */
@RestController
@Tag(name = "Runs")
class LogController {

  private static final int MOST_FOUND = 10_000;
  private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

  private final Runs runs;
  private final RunReader reader;
  private final Feed feed;

  LogController(Runs runs, RunReader reader, Feed feed) {
    this.runs = runs;
    this.reader = reader;
    this.feed = feed;
  }

  @GetMapping(path = "/api/runs/{run}/log", produces = "text/plain;charset=UTF-8")
  @Operation(
      operationId = "readLog",
      summary = "What the commands of a run wrote",
      description =
          """
          Standard output and standard error as they came, secrets masked. Of the whole run, each \
          line begins with its step; of one step, it is exactly what the step wrote. Where a step \
          wrote more than is kept, a line tells how many bytes of the middle were left out. With \
          `q`, only the lines that contain it.""")
  @ApiResponse(
      responseCode = "200",
      description = "The whole text until now",
      content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
  @ApiResponse(responseCode = "422", description = "A parameter says what cannot be")
  ResponseEntity<StreamingResponseBody> log(
      @PathVariable String run,
      @Parameter(description = "Only this step's") @RequestParam Optional<String> step,
      @Parameter(description = "Only lines that contain this text, in whatever case") @RequestParam
          Optional<String> q,
      @Parameter(description = "With `q`: how many lines at most, 1 to 10000")
          @RequestParam(defaultValue = "1000")
          int limit) {
    runs.get(run);
    if (limit < 1 || limit > MOST_FOUND) {
      throw new InvalidRequest("limit", "is %d; 1 to %d are allowed".formatted(limit, MOST_FOUND));
    }
    Optional<String> only = step.flatMap(text -> Texts.optional("step", text));
    only.ifPresent(id -> reader.mustHaveStep(run, id));
    Optional<LineSearch> search =
        q.flatMap(text -> Texts.optional("q", text)).map(text -> new LineSearch(text, limit));
    return ResponseEntity.ok().contentType(TEXT).body(out -> write(run, only, search, out));
  }

  private void write(
      String run, Optional<String> step, Optional<LineSearch> search, OutputStream out)
      throws IOException {
    Map<String, String> titles = new HashMap<>();
    OutputGaps gaps = new OutputGaps(feed, 0);
    PageSize page = new PageSize();
    long seq = 0;
    List<FeedEvent> events = feed.outputAfter(run, step, seq, page.events());
    while (!events.isEmpty() && !search.map(LineSearch::full).orElse(false)) {
      StringBuilder text = new StringBuilder();
      for (FeedEvent event : events) {
        long leftOut = gaps.before(event);
        String body = leftOut == 0 ? event.body() : OutputGaps.line(leftOut) + event.body();
        String wanted = search.map(s -> s.filter(body)).orElse(body);
        if (step.isPresent()) {
          text.append(wanted);
        } else {
          appendLines(text, title(run, event, titles), wanted);
        }
        seq = event.seq();
      }
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
      out.flush();
      page.learn(events);
      events = feed.outputAfter(run, step, seq, page.events());
    }
    if (search.map(LineSearch::full).orElse(false)) {
      out.write(search.get().more().getBytes(StandardCharsets.UTF_8));
    }
  }

  private String title(String run, FeedEvent event, Map<String, String> titles) {
    String step = event.stepId().orElse("");
    if (!titles.containsKey(step)) {
      titles.putAll(reader.titles(run));
    }
    return titles.getOrDefault(step, step);
  }

  private static void appendLines(StringBuilder text, String title, String body) {
    body.lines().forEach(line -> text.append(title).append(" | ").append(line).append('\n'));
  }
}
