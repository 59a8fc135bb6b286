package org.runwright.platform;

/**
 * What is wrong at one place of a file that a user wrote.
 *
 * @param file the name of the file
 * @param line from 1; 0 if the problem has no place
 * @param column from 1; 0 if the problem has no place
 * @param message what is wrong and what is allowed
 */
public record FileProblem(String file, int line, int column, String message) {

  @Override
  public String toString() {
    return file + (line > 0 ? ":" + line + ":" + column : "") + ": " + message;
  }
}
