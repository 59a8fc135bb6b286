package org.runwright.step;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Every kind of step there is, by name. Each is a bean of that name. Immutable. */
@Component
public class StepKinds {

  private final SortedMap<String, StepKind> kinds = new TreeMap<>();

  StepKinds(List<StepKind> kinds) {
    for (StepKind kind : kinds) {
      if (this.kinds.put(kind.name(), kind) != null) {
        throw new IllegalStateException("two kinds of step are named " + kind.name());
      }
    }
  }

  /**
   * @throws StepRefused if there is no such kind
   */
  public StepKind named(String name) {
    return Optional.ofNullable(kinds.get(name))
        .orElseThrow(
            () ->
                new StepRefused(
                    "no kind of step '" + name + "'; there are: " + String.join(", ", names())));
  }

  /** In the order of the alphabet. */
  public SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(kinds.keySet()));
  }
}
