package org.runwright.console;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import org.runwright.access.Forbidden;
import org.runwright.access.Person;
import org.runwright.approval.ApprovalDesk;
import org.runwright.approval.ApprovalRefused;
import org.runwright.approval.Decision.Verdict;
import org.runwright.run.RunControl;
import org.runwright.run.RunRefused;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The buttons of a run's page. Who may not press one, or presses it too late, is shown the page
 * again with what stands against it, in words.
 */
@Controller
@RequestMapping(path = "/runs/{run}", produces = MediaType.TEXT_HTML_VALUE)
class RunActionController {

  private static final int LONGEST = 2000;

  private final RunControl control;
  private final ApprovalDesk approvals;
  private final RunPageController page;

  RunActionController(RunControl control, ApprovalDesk approvals, RunPageController page) {
    this.control = control;
    this.approvals = approvals;
    this.page = page;
  }

  /** What a button does. */
  private interface Action {
    void go();
  }

  @PostMapping("/cancel")
  String cancel(
      @AuthenticationPrincipal Person person,
      @PathVariable("run") String run,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "true") boolean compensate,
      Model model,
      HttpServletResponse response) {
    return go(
        new Asked(person, run, model, response),
        () -> control.cancel(person, run, required(reason), compensate));
  }

  @PostMapping("/resume")
  String resume(
      @AuthenticationPrincipal Person person,
      @PathVariable("run") String run,
      @RequestParam(defaultValue = "") String reason,
      Model model,
      HttpServletResponse response) {
    return go(
        new Asked(person, run, model, response),
        () -> control.resume(person, run, required(reason)));
  }

  @PostMapping("/steps/{step}/retry")
  String retry(
      @AuthenticationPrincipal Person person,
      @PathVariable("run") String run,
      @PathVariable("step") String step,
      @RequestParam(defaultValue = "") String reason,
      Model model,
      HttpServletResponse response) {
    return go(
        new Asked(person, run, model, response),
        () -> control.retry(person, run, step, required(reason)));
  }

  @PostMapping("/steps/{step}/skip")
  String skip(
      @AuthenticationPrincipal Person person,
      @PathVariable("run") String run,
      @PathVariable("step") String step,
      @RequestParam(defaultValue = "") String reason,
      Model model,
      HttpServletResponse response) {
    return go(
        new Asked(person, run, model, response),
        () -> control.skip(person, run, step, required(reason)));
  }

  @PostMapping("/approvals/{approval}")
  String decide(
      @AuthenticationPrincipal Person person,
      @PathVariable("run") String run,
      @PathVariable("approval") String approval,
      @RequestParam(defaultValue = "") String decision,
      @RequestParam(defaultValue = "") String comment,
      Model model,
      HttpServletResponse response) {
    return go(
        new Asked(person, run, model, response),
        () -> approvals.decide(person, approval, verdict(decision), text(comment)));
  }

  private record Asked(Person person, String run, Model model, HttpServletResponse response) {}

  private String go(Asked asked, Action action) {
    try {
      action.go();
      return "redirect:/runs/{run}";
    } catch (BadInput e) {
      return refused(asked, HttpStatus.UNPROCESSABLE_ENTITY, e);
    } catch (Forbidden e) {
      return refused(asked, HttpStatus.FORBIDDEN, e);
    } catch (ApprovalRefused e) {
      return refused(asked, e.forbidden() ? HttpStatus.FORBIDDEN : HttpStatus.CONFLICT, e);
    } catch (RunRefused e) {
      return refused(asked, ConsoleErrors.status(e), e);
    }
  }

  private String refused(Asked asked, HttpStatus status, RuntimeException why) {
    page.addRun(asked.person(), asked.run(), null, asked.model());
    asked.model().addAttribute("problem", why.getMessage());
    asked.model().addAttribute("chosen", "");
    asked.response().setStatus(status.value());
    return "run";
  }

  private static Verdict verdict(String decision) {
    try {
      return Verdict.valueOf(decision.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new BadInput("Nothing was decided: it takes a yes or a no.");
    }
  }

  private static String required(String reason) {
    return text(reason)
        .orElseThrow(() -> new BadInput("Nothing was done: say why, for the record."));
  }

  private static Optional<String> text(String given) {
    String text = given.replace("\0", "").strip();
    if (text.length() > LONGEST) {
      throw new BadInput(
          "Nothing was done: the text has %d characters; at most %d are kept."
              .formatted(text.length(), LONGEST));
    }
    return Optional.of(text).filter(t -> !t.isEmpty());
  }

  /** What a person filled in cannot be. */
  private static final class BadInput extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadInput(String message) {
      super(message);
    }
  }
}
