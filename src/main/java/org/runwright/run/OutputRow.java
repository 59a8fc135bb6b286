package org.runwright.run;

/**
 * A row of output to be written.
 *
 * @param text masked
 * @param from the byte of the stream on the host with which it begins
 * @param to the byte after its last one
 */
record OutputRow(FeedEvent.Type type, String text, long from, long to) {}
