package org.runwright.api;

import io.swagger.v3.oas.annotations.media.Schema;

/** Why a step is retried or skipped. */
record StepDecision(
    @Schema(
            description = "Why, for the record. At most 2000 characters",
            requiredMode = Schema.RequiredMode.REQUIRED)
        String reason) {}
