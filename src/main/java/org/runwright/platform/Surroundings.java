package org.runwright.platform;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * What an inventory may refer to outside of itself.
 *
 * @param folder where the inventory lies; its relative paths start here
 * @param user the server's own user, the default of {@code ansible_user}
 * @param home what {@code ~} stands for
 * @param environment the value of an environment variable
 */
record Surroundings(
    Path folder, String user, Path home, Function<String, Optional<String>> environment) {

  static Surroundings ofServer(Path folder) {
    return new Surroundings(
        folder.toAbsolutePath().normalize(),
        System.getProperty("user.name"),
        Path.of(System.getProperty("user.home")),
        name -> Optional.ofNullable(System.getenv(name)));
  }

  /** A path as a user writes it. */
  Path resolve(String path) throws Malformed {
    try {
      if (path.equals("~") || path.startsWith("~/")) {
        return home.resolve(path.substring(Math.min(2, path.length()))).normalize();
      }
      return folder.resolve(path).normalize();
    } catch (java.nio.file.InvalidPathException e) {
      throw new Malformed("is not a path");
    }
  }
}
