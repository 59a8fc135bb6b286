package org.runwright.approval;

import java.time.Instant;
import java.util.List;

/**
 * A run that waits for people to allow it.
 *
 * @param id also the id of the user task in Tasklist
 * @param groups whose members may decide
 * @param quorum how many different people must approve
 * @param fourEyes whether the person who asked for the run is kept from deciding
 * @param plan what will be done, for people
 * @param until when it is decided by the rule for time-outs
 */
public record Approval(
    String id,
    String runId,
    List<String> groups,
    int quorum,
    boolean fourEyes,
    String plan,
    Instant since,
    Instant until) {}
