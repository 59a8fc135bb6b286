package org.runwright.console;

import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.runwright.access.Person;
import org.runwright.run.Run;
import org.runwright.run.Runs;
import org.runwright.run.StepPages;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One run: its steps in time, their output, and what this person may do. */
@Controller
@RequestMapping(path = "/runs/{run}", produces = MediaType.TEXT_HTML_VALUE)
class RunPageController {

  private final Runs runs;
  private final StepPages steps;
  private final Timeline timeline;
  private final Actions actions;
  private final OutputView output;
  private final Clock clock;

  RunPageController(
      Runs runs,
      StepPages steps,
      Timeline timeline,
      Actions actions,
      OutputView output,
      Clock clock) {
    this.runs = runs;
    this.steps = steps;
    this.timeline = timeline;
    this.actions = actions;
    this.output = output;
    this.clock = clock;
  }

  @GetMapping
  String page(
      @AuthenticationPrincipal Person person,
      @PathVariable("run") String runId,
      @RequestParam Optional<Integer> open,
      @RequestParam Optional<Integer> page,
      @RequestParam Optional<String> step,
      Model model) {
    addRun(person, runId, Timeline.Opened.of(open, page), model);
    step.filter(id -> !id.isBlank()).ifPresent(id -> addOutput(runId, id, model));
    model.addAttribute("chosen", step.orElse(""));
    return "run";
  }

  /**
   * What moves of the page, which the page asks for while the run has not ended.
   *
   * @param offered the key of what is offered on the page; if it is another now, that comes along
   */
  @GetMapping("/now")
  String now(
      @AuthenticationPrincipal Person person,
      @PathVariable("run") String runId,
      @RequestParam Optional<Integer> open,
      @RequestParam Optional<Integer> page,
      @RequestParam Optional<String> offered,
      Model model) {
    Actions.Offer offer = addRun(person, runId, Timeline.Opened.of(open, page), model);
    model.addAttribute("offerChanged", !offered.equals(Optional.of(offer.key())));
    return "run-now";
  }

  /** The output of one step alone. */
  @GetMapping("/output")
  String output(@PathVariable("run") String runId, @RequestParam String step, Model model) {
    addOutput(runId, step, model);
    return "run :: output";
  }

  /** Everything a page of the run shows but output. */
  Actions.Offer addRun(Person person, String runId, Timeline.@Nullable Opened opened, Model model) {
    Run run = runs.get(runId);
    Actions.Offer offer = actions.of(run, person);
    Timeline.Opened shown = opened == null ? new Timeline.Opened(0, 1) : opened;
    model.addAttribute("person", person);
    model.addAttribute("run", RunHead.of(run, clock.instant()));
    model.addAttribute("timeline", timeline.of(run, shown));
    model.addAttribute("opened", shown);
    model.addAttribute("offer", offer);
    return offer;
  }

  private void addOutput(String runId, String stepId, Model model) {
    model.addAttribute("output", output.of(runId, steps.get(runId, stepId)));
  }
}
