package org.runwright.console;

import java.util.Locale;
import org.runwright.run.RunState;
import org.runwright.run.StepState;

/**
 * A state as people see it: always a word, and a colour with it.
 *
 * @param name of the state, as in the address of a page
 * @param kind of colour: {@code good}, {@code bad}, {@code busy}, {@code wait}, {@code undo},
 *     {@code off}
 */
record Badge(String name, String word, String kind) {

  static Badge of(RunState state) {
    return new Badge(
        state.name(),
        word(state),
        switch (state) {
          case SUCCEEDED -> "good";
          case FAILED -> "bad";
          case RUNNING -> "busy";
          case QUEUED -> "off";
          case AWAITING_APPROVAL, SUSPENDED -> "wait";
          case COMPENSATING, COMPENSATED -> "undo";
          case REJECTED, CANCELLED -> "off";
        });
  }

  static Badge of(StepState state) {
    return new Badge(
        state.name(),
        word(state),
        switch (state) {
          case SUCCEEDED -> "good";
          case FAILED -> "bad";
          case RUNNING -> "busy";
          case UNKNOWN -> "wait";
          case PENDING, CANCELLED, SKIPPED -> "off";
        });
  }

  private static String word(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
