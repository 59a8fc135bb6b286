package org.runwright.api;

import io.swagger.v3.oas.annotations.media.Schema;
import org.runwright.platform.FileProblem;

/** What is wrong in a file that a user wrote. */
record FileProblemView(
    String file,
    @Schema(description = "From 1; 0 if it has no place") int line,
    @Schema(description = "From 1; 0 if it has no place") int column,
    @Schema(description = "What is wrong and what is allowed") String message) {

  static FileProblemView of(FileProblem problem) {
    return new FileProblemView(problem.file(), problem.line(), problem.column(), problem.message());
  }
}
