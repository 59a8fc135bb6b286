package org.runwright.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The runbooks in force. */
record RunbookList(
    List<RunbookView> runbooks,
    @Schema(description = "Descriptors that are refused; their last good version is in force")
        List<FileProblemView> problems) {}
