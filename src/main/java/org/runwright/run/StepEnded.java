package org.runwright.run;

/** A step came to its end; published inside the transaction that writes it. */
public record StepEnded(Step step) {}
