package org.runwright.console;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.runwright.run.RunFilter;
import org.runwright.run.RunState;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The filter of the list as a person filled it in, and as it stands in the address of the page.
 * What cannot be is left out of the filter and told.
 *
 * @param since a day in UTC, {@code 2026-03-31}
 * @param until the last day that is wanted
 */
record FilterForm(
    @Nullable String state,
    @Nullable String runbook,
    @Nullable String by,
    @Nullable String since,
    @Nullable String until,
    @Nullable String host,
    @Nullable String service,
    @Nullable String q) {

  /** Stands for all states in which a run has not ended. */
  static final String OPEN = "open";

  private static final int LONGEST = 2000;
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 9000;

  RunFilter filter() {
    return new RunFilter(
        text(runbook),
        states().orElse(Set.of()),
        text(by),
        day(since),
        day(until).map(midnight -> midnight.plusSeconds(24L * 3600)),
        text(host),
        text(service),
        text(q));
  }

  /** What cannot be, for the person to read. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (text(state).isPresent() && states().isEmpty()) {
      problems.add("There is no state of that name, so runs in all states are shown.");
    }
    for (String day : Arrays.asList(since, until)) {
      if (text(day).isPresent() && day(day).isEmpty()) {
        problems.add("A day is written like 2026-03-31; what is there is left out.");
      }
    }
    return problems;
  }

  /** Whether anything narrows the list. */
  public boolean narrows() {
    return !filter().equals(RunFilter.ALL);
  }

  /** The query of the page with this filter that begins after a run; empty, or with its mark. */
  String query(Optional<String> after) {
    Map<String, String> values = new LinkedHashMap<>();
    put(values, "state", state);
    put(values, "runbook", runbook);
    put(values, "by", by);
    put(values, "since", since);
    put(values, "until", until);
    put(values, "host", host);
    put(values, "service", service);
    put(values, "q", q);
    after.ifPresent(id -> values.put("after", id));
    UriComponentsBuilder query = UriComponentsBuilder.newInstance();
    values.keySet().forEach(name -> query.queryParam(name, "{" + name + "}"));
    return query.encode().buildAndExpand(values).toUriString();
  }

  private static void put(Map<String, String> values, String name, @Nullable String value) {
    text(value).ifPresent(text -> values.put(name, text));
  }

  private Optional<Set<RunState>> states() {
    if (OPEN.equals(state)) {
      return Optional.of(
          Arrays.stream(RunState.values())
              .filter(candidate -> !candidate.ended())
              .collect(Collectors.toSet()));
    }
    return text(state)
        .map(name -> name.toUpperCase(Locale.ROOT))
        .flatMap(
            name ->
                Arrays.stream(RunState.values())
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst())
        .map(Set::of);
  }

  private static Optional<String> text(@Nullable String text) {
    return Optional.ofNullable(text)
        .map(given -> given.replace("\0", "").strip())
        .filter(given -> !given.isEmpty())
        .map(given -> given.substring(0, Math.min(given.length(), LONGEST)));
  }

  private static Optional<Instant> day(@Nullable String day) {
    try {
      return text(day)
          .map(LocalDate::parse)
          .filter(date -> date.getYear() >= FIRST_YEAR && date.getYear() <= LAST_YEAR)
          .map(date -> date.atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
