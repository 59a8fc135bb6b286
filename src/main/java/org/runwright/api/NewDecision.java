package org.runwright.api;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a person says about a run that waits for approval. */
record NewDecision(
    @Schema(
            allowableValues = {"approve", "reject"},
            requiredMode = Schema.RequiredMode.REQUIRED)
        String decision,
    @Schema(description = "For who asked and for the record. At most 2000 characters")
        @Nullable String comment) {}
