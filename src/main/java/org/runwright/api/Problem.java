package org.runwright.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** How every error is told; for the documentation only. */
@Schema(description = "What went wrong, as RFC 9457 has it (application/problem+json)")
record Problem(
    @Schema(example = "about:blank") String type,
    @Schema(example = "Unprocessable Entity") String title,
    @Schema(example = "422") int status,
    @Schema(description = "What is wrong and what to do next") String detail,
    @Schema(description = "The path that was asked for") String instance,
    @Schema(description = "Present for 400 and 422 where fields can be named")
        List<FieldError> errors) {}
