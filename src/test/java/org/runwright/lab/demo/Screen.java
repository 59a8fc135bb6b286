package org.runwright.lab.demo;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;

/**
 * Where the demo writes: lines that stay and, on a terminal, one line below them that is replaced.
 * Characters that the terminal does not know become plain ones. Thread-safe.
 */
final class Screen {

  private static final String RESET = "\033[0m";
  private static final String ERASE_LINE = "\r\033[K";

  /** A line that the terminal breaks cannot be replaced; its marks' colours count too. */
  private static final int WIDTH = 79;

  private final PrintStream out;
  private final boolean terminal;
  private final boolean coloured;
  private final CharsetEncoder encoder;
  private String transientLine = "";

  /**
   * @param terminal whether lines can be replaced
   * @param coloured whether marks have colours
   */
  Screen(PrintStream out, Charset charset, boolean terminal, boolean coloured) {
    this.out = out;
    this.terminal = terminal;
    this.coloured = coloured;
    this.encoder = charset.newEncoder();
  }

  /** Standard output with what its terminal can do. */
  static Screen ofThisProcess() {
    Charset charset = Charset.forName(System.getProperty("native.encoding", "US-ASCII"));
    boolean terminal = System.console() != null && !"dumb".equals(System.getenv("TERM"));
    return new Screen(
        new PrintStream(System.out, true, charset),
        charset,
        terminal,
        terminal && System.getenv("NO_COLOR") == null);
  }

  synchronized void line(String text) {
    erase();
    out.println(plain(text));
    redraw();
  }

  /** Replaces the line below; empty removes it. Does nothing where lines stay. */
  synchronized void status(String text) {
    erase();
    transientLine = text.length() <= WIDTH ? text : text.substring(0, WIDTH);
    redraw();
  }

  String good() {
    return mark("✓", "+", "32");
  }

  String bad() {
    return mark("✗", "x", "31");
  }

  String neutral() {
    return mark("–", "-", "33");
  }

  String running() {
    return mark("…", "...", "36");
  }

  private String mark(String symbol, String ascii, String colour) {
    String shown = encoder.canEncode(symbol) ? symbol : ascii;
    return coloured ? "\033[" + colour + "m" + shown + RESET : shown;
  }

  private String plain(String text) {
    return encoder.canEncode(text) ? text : text.replaceAll("[^\\x00-\\x7f]", "?");
  }

  private void erase() {
    if (terminal && !transientLine.isEmpty()) {
      out.print(ERASE_LINE);
    }
  }

  private void redraw() {
    if (terminal && !transientLine.isEmpty()) {
      out.print(plain(transientLine));
    }
    out.flush();
  }
}
