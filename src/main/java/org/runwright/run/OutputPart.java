package org.runwright.run;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What of the bytes that a look brought is taken now, of one stream.
 *
 * @param bytes what came
 * @param first the first of them that is taken; before it, what is left of a line whose beginning
 *     was left out
 * @param end the one after the last that is taken
 * @param from the byte of the stream with which {@code first} begins
 * @param leftOut bytes of the stream left out before {@code first}
 */
record OutputPart(byte[] bytes, int first, int end, long from, long leftOut) {

  /** A line longer than this is taken in parts. */
  static final int LONGEST_LINE = 64 * 1024;

  /**
   * @param offset how far the stream is known already
   * @param skipped bytes left out between there and the first that came
   * @param last whether nothing follows, so that the last line is whole without its end
   */
  static OutputPart of(byte[] bytes, long offset, long skipped, boolean last) {
    if (skipped == 0) {
      return new OutputPart(bytes, 0, taken(bytes, 0, last), offset, 0);
    }
    int first = afterPartialLine(bytes, last);
    if (first < 0) {
      return new OutputPart(bytes, 0, 0, offset, 0);
    }
    int end = taken(bytes, first, last);
    return new OutputPart(bytes, first, end, offset + skipped + first, skipped + first);
  }

  boolean isEmpty() {
    return end == first && leftOut == 0;
  }

  /** How far the stream is known with it. */
  long offset() {
    return from + (end - first);
  }

  /** The text in rows of whole lines, except for lines that are too long. */
  List<OutputRow> rows(FeedEvent.Type type, UnaryOperator<String> clean) {
    List<OutputRow> rows = new ArrayList<>();
    int start = first;
    while (start < end) {
      int stop = Math.min(end, start + LONGEST_LINE);
      if (stop < end) {
        stop = wholeLines(start, stop);
      }
      String text = new String(bytes, start, stop - start, StandardCharsets.UTF_8);
      rows.add(
          new OutputRow(type, clean.apply(text), from + (start - first), from + (stop - first)));
      start = stop;
    }
    return rows;
  }

  private int wholeLines(int start, int stop) {
    int line = lineEnd(bytes, start, stop);
    return line > start ? line : wholeCharacters(bytes, start, stop);
  }

  /**
   * Where the first whole line begins. A line without end is cut where no secret is as long; below
   * zero if that has not come yet.
   */
  private static int afterPartialLine(byte[] bytes, boolean last) {
    for (int i = 0; i < bytes.length && i < LONGEST_LINE; i++) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    if (bytes.length >= LONGEST_LINE) {
      return LONGEST_LINE;
    }
    return last ? bytes.length : -1;
  }

  /** The end of what is whole lines, or is to be taken although it is not. */
  static int taken(byte[] bytes, int first, boolean last) {
    if (last) {
      return bytes.length;
    }
    int line = lineEnd(bytes, first, bytes.length);
    if (line > first) {
      return line;
    }
    return bytes.length - first < LONGEST_LINE
        ? first
        : wholeCharacters(bytes, first, bytes.length);
  }

  private static int lineEnd(byte[] bytes, int start, int stop) {
    for (int i = stop; i > start; i--) {
      if (bytes[i - 1] == '\n') {
        return i;
      }
    }
    return start;
  }

  private static int wholeCharacters(byte[] bytes, int start, int stop) {
    for (int back = 1; back <= 3 && stop - back > start; back++) {
      int b = bytes[stop - back] & 0xFF;
      if (b >= 0xC0) {
        return stop - back;
      }
      if (b < 0x80) {
        return stop;
      }
    }
    return stop;
  }
}
