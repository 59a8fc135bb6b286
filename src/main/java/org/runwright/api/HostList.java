package org.runwright.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The hosts of the inventory. */
record HostList(
    List<HostView> hosts,
    @Schema(description = "What is wrong with the files now; the last good version is in force")
        List<FileProblemView> problems) {}
