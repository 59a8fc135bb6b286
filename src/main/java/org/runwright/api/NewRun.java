package org.runwright.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request for a run. */
record NewRun(
    @Schema(
            description = "By name, as the runbook's inputs (JSON Schema) say",
            example = "{\"services\": [\"database\"]}")
        @Nullable Map<String, Object> inputs,
    @Schema(
            description =
                "Why, for people; also the input of that name where the runbook has one."
                    + " At most 2000 characters",
            example = "after the power cut")
        @Nullable String reason) {}
