package org.runwright.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.runwright.run.RunSummary;

/** Some runs, newest first. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunPage(
    List<RunSummary> runs,
    @Schema(description = "Give it as `after` for the next page; absent on the last")
        @Nullable String next) {}
