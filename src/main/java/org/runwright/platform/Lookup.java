package org.runwright.platform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The only templates of Ansible that connection variables may hold: a lookup of an environment
 * variable or of a file, alone in the value.
 */
final class Lookup {

  private static final int MAX_BYTES = 64 * 1024;
  private static final Pattern FORM =
      Pattern.compile(
          "\\s*\\{\\{\\s*lookup\\(\\s*(['\"])(?:ansible\\.builtin\\.)?(env|file)\\1"
              + "\\s*,\\s*(['\"])([^'\"{}]+)\\3\\s*\\)\\s*}}\\s*");

  private final Surroundings surroundings;

  Lookup(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The text with a lookup in it followed. */
  String follow(String text) throws Malformed {
    if (!isTemplate(text)) {
      return text;
    }
    Matcher form = form(text);
    String name = form.group(4);
    if (form.group(2).equals("file")) {
      return readFile(surroundings.resolve(name));
    }
    return surroundings
        .environment()
        .apply(name)
        .orElseThrow(
            () ->
                new Malformed(
                    "looks up the environment variable "
                        + FileProblems.quoted(name)
                        + ", which is not set; set it for the server"));
  }

  /**
   * The text with a lookup in it left as a reference, in the form that the room {@code secret}
   * reads: {@code {{ lookup('env', 'NAME') }}} or {@code {{ lookup('file', '/absolute/path') }}}.
   */
  String refer(String text) throws Malformed {
    if (!isTemplate(text)) {
      return text;
    }
    Matcher form = form(text);
    boolean file = form.group(2).equals("file");
    String name = file ? surroundings.resolve(form.group(4)).toString() : form.group(4);
    return "{{ lookup('" + form.group(2) + "', '" + name + "') }}";
  }

  private static boolean isTemplate(String text) {
    return text.contains("{{") || text.contains("{%");
  }

  private static Matcher form(String text) throws Malformed {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new Malformed(
          "holds a template that is not supported in a connection variable; write the value itself,"
              + " {{ lookup('env', 'NAME') }} or {{ lookup('file', 'path') }}");
    }
    return form;
  }

  private static String readFile(Path path) throws Malformed {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw new Malformed("looks up the file " + path + ", which is larger than 64 KiB");
      }
      return new String(content, StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new Malformed("looks up the file " + path + ", which cannot be read");
    }
  }
}
