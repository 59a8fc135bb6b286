package org.runwright.console;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.runwright.access.Person;
import org.runwright.approval.ApprovalDesk;
import org.runwright.run.Run;
import org.runwright.run.RunSearch;
import org.runwright.run.RunState;
import org.runwright.run.Runs;
import org.runwright.runbook.Runbooks;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The first page: runs, newest first, and what waits for the person who looks. */
@Controller
class RunsPageController {

  private static final int ROWS = 50;

  private final RunSearch search;
  private final Runs runs;
  private final Runbooks runbooks;
  private final ApprovalDesk approvals;
  private final Clock clock;

  RunsPageController(
      RunSearch search, Runs runs, Runbooks runbooks, ApprovalDesk approvals, Clock clock) {
    this.search = search;
    this.runs = runs;
    this.runbooks = runbooks;
    this.approvals = approvals;
    this.clock = clock;
  }

  @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
  String page(
      @AuthenticationPrincipal Person person,
      FilterForm form,
      @RequestParam Optional<String> after,
      Model model) {
    addList(form, after, model);
    model.addAttribute("person", person);
    model.addAttribute("states", Arrays.stream(RunState.values()).map(Badge::of).toList());
    model.addAttribute("runbooks", runbooks.all());
    model.addAttribute("approvals", waitingFor(person));
    return "runs";
  }

  /** The list alone, which the page asks for while something of it moves. */
  @GetMapping(path = "/runs", produces = MediaType.TEXT_HTML_VALUE)
  String list(FilterForm form, @RequestParam Optional<String> after, Model model) {
    addList(form, after, model);
    return "runs :: list";
  }

  private void addList(FilterForm form, Optional<String> after, Model model) {
    Optional<String> last = after.map(String::strip).filter(id -> !id.isEmpty());
    List<Run> found = search.list(form.filter(), last, ROWS + 1);
    List<RunRow> rows =
        found.stream().limit(ROWS).map(run -> RunRow.of(run, clock.instant())).toList();
    boolean more = found.size() > ROWS;
    model.addAttribute("form", form);
    model.addAttribute("rows", rows);
    model.addAttribute("live", rows.stream().anyMatch(row -> !row.ended()));
    model.addAttribute("here", "/runs" + form.query(last));
    model.addAttribute("newest", last.isPresent() ? "/" + form.query(Optional.empty()) : "");
    model.addAttribute("older", more ? "/" + form.query(Optional.of(rows.get(ROWS - 1).id())) : "");
  }

  private List<RunRow> waitingFor(Person person) {
    return approvals.waitingFor(person).stream()
        .limit(ROWS)
        .map(approval -> RunRow.of(runs.get(approval.runId()), clock.instant()))
        .toList();
  }
}
