package org.runwright.step;

import java.util.Map;
import java.util.Optional;
import org.runwright.ssh.Observation.Progress;
import org.runwright.step.StepResult.Verdict;

/** Reads how a step ended from what its host says. */
final class Outcome {

  private Outcome() {}

  /**
   * @param tail the end of the command's standard error
   * @param seen whether the command is known to have begun
   */
  static StepResult of(Progress progress, byte[] tail, boolean seen) {
    if (progress instanceof Progress.Exited exited) {
      return exited(exited.code(), Report.parse(exited.result()), tail);
    }
    if (progress instanceof Progress.Signalled signalled) {
      return signalled(signalled.signal(), Report.parse(signalled.result()));
    }
    if (progress instanceof Progress.Lost lost) {
      return unknown(lost.reason());
    }
    if (progress instanceof Progress.NeverBegan never) {
      return neverBegan(never.reason());
    }
    if (progress instanceof Progress.Unclaimed) {
      return seen
          ? unknown("the host has forgotten the step, though it had begun there")
          : neverBegan("the host has never heard of the step");
    }
    return unknown("it still runs: its processes resist KILL; look at the host");
  }

  private static StepResult exited(int code, Report report, byte[] tail) {
    boolean well = code == 0;
    Optional<Boolean> changed =
        well && report.isSilentOfChange() ? Optional.of(true) : report.changed();
    String message =
        report
            .message()
            .orElseGet(
                () ->
                    well
                        ? "done"
                        : Words.lastLine(tail)
                            .map(line -> line + " (exit code " + code + ")")
                            .orElse("exit code " + code));
    return new StepResult(
        well ? Verdict.SUCCEEDED : Verdict.FAILED,
        changed,
        Optional.of(code),
        Optional.empty(),
        message,
        report.values());
  }

  private static StepResult signalled(String signal, Report report) {
    return new StepResult(
        Verdict.FAILED,
        report.changed(),
        Optional.empty(),
        Optional.of(signal),
        "ended by the signal " + signal,
        report.values());
  }

  private static StepResult unknown(String reason) {
    return new StepResult(
        Verdict.UNKNOWN, Optional.empty(), Optional.empty(), Optional.empty(), reason, Map.of());
  }

  private static StepResult neverBegan(String reason) {
    return new StepResult(
        Verdict.NEVER_BEGAN,
        Optional.of(false),
        Optional.empty(),
        Optional.empty(),
        reason,
        Map.of());
  }
}
