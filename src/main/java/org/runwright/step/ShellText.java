package org.runwright.step;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The shell text that the product brings along, one resource file per purpose. */
final class ShellText {

  private ShellText() {}

  /** The files' text, one after the other. */
  static String of(String... files) {
    return Arrays.stream(files).map(ShellText::read).collect(Collectors.joining("\n"));
  }

  private static String read(String file) {
    try (InputStream text = ShellText.class.getResourceAsStream(file)) {
      if (text == null) {
        throw new IllegalStateException("the product lacks its own file " + file);
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the product's own file " + file, e);
    }
  }
}
