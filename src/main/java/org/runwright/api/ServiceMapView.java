package org.runwright.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The services of the platform. */
record ServiceMapView(
    String platform,
    List<ServiceView> services,
    @Schema(description = "What is wrong with the files now; the last good version is in force")
        List<FileProblemView> problems) {}
