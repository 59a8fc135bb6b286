package org.runwright.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Resolves a credential as an inventory states it: a literal, or one of Ansible's lookups {@code {{
 * lookup('env', 'NAME') }}} and {@code {{ lookup('file', '/path') }}}. What was resolved is hidden
 * by the {@link Mask} from then on. Thread-safe; nothing is cached, so that a changed file or
 * variable counts at once.
 */
@Component
public class Secrets {

  private static final Pattern REFERENCE = Pattern.compile("\\s*\\{\\{(.*)}}\\s*", Pattern.DOTALL);
  private static final Pattern LOOKUP =
      Pattern.compile(
          "\\s*lookup\\(\\s*(['\"])(\\w+)\\1\\s*,\\s*(['\"])([^'\"]+)\\3\\s*\\)\\s*"
              + "(?:\\|\\s*trim\\s*)?");
  private static final long LARGEST = 64 * 1024;

  private final Mask mask;
  private final Function<String, Optional<String>> environment;

  @Autowired
  public Secrets(Mask mask) {
    this(mask, name -> Optional.ofNullable(System.getenv(name)));
  }

  Secrets(Mask mask, Function<String, Optional<String>> environment) {
    this.mask = mask;
    this.environment = environment;
  }

  /**
   * The secret that the text stands for.
   *
   * @throws SecretFailure if it is a reference that leads nowhere; the message names the reference
   */
  public String resolve(String text) {
    Matcher reference = REFERENCE.matcher(text);
    String secret = reference.matches() ? lookup(reference.group(1)) : text;
    mask.hide(secret);
    return secret;
  }

  private String lookup(String expression) {
    Matcher lookup = LOOKUP.matcher(expression);
    if (!lookup.matches()) {
      throw new SecretFailure(
          "cannot read the reference {{"
              + expression
              + "}}: allowed are {{ lookup('env', 'NAME') }} and {{ lookup('file', '/path') }}");
    }
    String where = lookup.group(4);
    return switch (lookup.group(2)) {
      case "env" -> variable(where);
      case "file" -> file(where);
      default ->
          throw new SecretFailure(
              "unknown lookup '" + lookup.group(2) + "': allowed are 'env' and 'file'");
    };
  }

  private String variable(String name) {
    return environment
        .apply(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(
            () ->
                new SecretFailure(
                    "the environment variable " + name + " is not set: set it for the server"));
  }

  private static String file(String name) {
    try {
      Path path = Path.of(name);
      if (Files.size(path) > LARGEST) {
        throw new SecretFailure("the file " + name + " is larger than 64 KiB: it is no secret");
      }
      return Files.readString(path, StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException | InvalidPathException e) {
      throw new SecretFailure(
          "cannot read the file " + name + ": it must exist and be readable for the server");
    }
  }
}
