package org.runwright.api;

import io.swagger.v3.oas.annotations.media.Schema;

/** One field that is wrong. */
record FieldError(
    @Schema(description = "Where it stands in the request", example = "inputs.services")
        String field,
    @Schema(description = "What is wrong and what is allowed") String message) {}
