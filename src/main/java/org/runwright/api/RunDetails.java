package org.runwright.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.runwright.run.RunSummary;
import org.runwright.run.StepSummary;

/** A run with its steps. */
record RunDetails(
    @JsonUnwrapped RunSummary run,
    @Schema(description = "In the order of the journal; every attempt is a step of its own")
        List<StepSummary> steps) {}
