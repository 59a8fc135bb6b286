package org.runwright.step;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script with the interpreter that its first line names. Immutable.
 *
 * @param sha256 of its bytes, in hexadecimal
 * @param interpreter its path
 * @param option what else stands in the first line: Linux hands it over as one argument
 */
public record Script(
    String name, String text, String sha256, String interpreter, Optional<String> option) {

  /** Bytes: what Linux takes as one argument. */
  public static final int LONGEST = 32 * 4096 - 1;

  private static final Pattern FIRST_LINE =
      Pattern.compile("#![ \\t]*(/[^ \\t\\r\\n]+)(?:[ \\t]+([^\\r\\n]*?))?[ \\t]*(\\r?)(?:\\n|$)");

  /**
   * @throws StepRefused if the bytes are no script that can be run
   */
  public static Script of(String name, byte[] bytes) {
    if (bytes.length > LONGEST) {
      throw refused(name, "is larger than " + LONGEST + " bytes, the most allowed");
    }
    String text = text(name, bytes);
    Matcher first = FIRST_LINE.matcher(text);
    if (!first.lookingAt()) {
      throw refused(name, "has no interpreter; begin it with a line such as #!/bin/sh");
    }
    if (!first.group(3).isEmpty()) {
      throw refused(name, "has lines that end with CR LF; save it with LF");
    }
    return new Script(
        name,
        text,
        sha256(bytes),
        first.group(1),
        Optional.ofNullable(first.group(2)).filter(option -> !option.isEmpty()));
  }

  private static String text(String name, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.indexOf('\0') < 0) {
        return text;
      }
    } catch (CharacterCodingException e) {
      throw refused(name, "is not text in UTF-8");
    }
    throw refused(name, "holds a NUL character, so it is no text");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256; use another one", e);
    }
  }

  private static StepRefused refused(String name, String why) {
    return new StepRefused("script " + name + " " + why);
  }
}
