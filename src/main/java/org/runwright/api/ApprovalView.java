package org.runwright.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.runwright.approval.Approval;
import org.runwright.run.Run;
import org.runwright.run.RunSummary;

/** A run that waits for people to allow it. */
record ApprovalView(
    @Schema(description = "Also the id of the task in Tasklist") String id,
    RunSummary run,
    @Schema(description = "Groups whose members may decide") List<String> groups,
    @Schema(description = "How many different people must approve") int quorum,
    @Schema(description = "Whether who asked for the run may not decide") boolean fourEyes,
    @Schema(description = "What will be done, for people") String plan,
    Instant since,
    @Schema(description = "When the rule for time-outs decides") Instant until) {

  static ApprovalView of(Approval approval, Run run) {
    return new ApprovalView(
        approval.id(),
        RunSummary.of(run),
        approval.groups(),
        approval.quorum(),
        approval.fourEyes(),
        approval.plan(),
        approval.since(),
        approval.until());
  }
}
