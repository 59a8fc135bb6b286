package org.runwright.api;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A request to cancel a run. */
record Cancellation(
    @Schema(
            description = "Why, for the record. At most 2000 characters",
            requiredMode = Schema.RequiredMode.REQUIRED)
        String reason,
    @Schema(
            description = "Whether to undo, in reverse order, what the run changed",
            defaultValue = "true")
        @Nullable Boolean compensate) {}
