package org.runwright.run;

/** A run came to its end; published inside the transaction that writes it. */
public record RunEnded(Run run) {}
