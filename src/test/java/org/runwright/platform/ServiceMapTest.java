package org.runwright.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ServiceMapTest {

  private static final ServiceMap CRM =
      map(
          Map.of(
              "database", Set.of(),
              "application", Set.of("database"),
              "network", Set.of("application"),
              "crm", Set.of("network", "database")));

  @Test
  void levels_follow_the_dependencies() {
    assertThat(names(CRM.levels(CRM.services().keySet())))
        .containsExactly(
            List.of("database"), List.of("application"), List.of("network"), List.of("crm"));
  }

  @Test
  void dependencies_outside_the_selection_do_not_count() {
    assertThat(names(CRM.levels(List.of("crm", "application"))))
        .containsExactly(List.of("application", "crm"));
  }

  @Test
  void a_selection_grows_by_what_it_needs_and_by_what_needs_it() {
    assertThat(CRM.withDependencies(List.of("network")))
        .containsExactlyInAnyOrder("network", "application", "database");
    assertThat(CRM.withDependents(List.of("network"))).containsExactly("crm", "network");
  }

  @RepeatedTest(50)
  void every_dependency_stands_on_a_lower_level(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Map<String, Set<String>> needs = new HashMap<>();
    int size = 1 + random.nextInt(60);
    for (int i = 0; i < size; i++) {
      Set<String> own = new TreeSet<>();
      for (int n = random.nextInt(4); n > 0 && i > 0; n--) {
        own.add("s" + random.nextInt(i));
      }
      needs.put("s" + i, own);
    }
    List<String> selection = needs.keySet().stream().filter(s -> random.nextInt(4) > 0).toList();
    List<List<String>> levels = names(map(needs).levels(selection));

    Map<String, Integer> level = new HashMap<>();
    for (int i = 0; i < levels.size(); i++) {
      for (String name : levels.get(i)) {
        assertThat(level.put(name, i)).as("once").isNull();
      }
    }
    assertThat(level.keySet()).containsExactlyInAnyOrderElementsOf(selection);
    for (String name : selection) {
      List<Integer> below =
          needs.get(name).stream().filter(selection::contains).map(level::get).toList();
      assertThat(below).allSatisfy(b -> assertThat(b).isLessThan(level.get(name)));
      int lowest = below.stream().mapToInt(b -> b + 1).max().orElse(0);
      assertThat(level.get(name)).as("as low as can be").isEqualTo(lowest);
    }
  }

  @Test
  void a_long_chain_is_no_harm() {
    Map<String, Set<String>> needs = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      needs.put("s" + i, i == 0 ? Set.of() : Set.of("s" + (i - 1)));
    }
    assertThat(map(needs).levels(needs.keySet())).hasSize(1_000);
  }

  @Test
  void a_map_with_a_cycle_or_an_unknown_dependency_cannot_be_made() {
    assertThatThrownBy(() -> map(Map.of("a", Set.of("b"), "b", Set.of("a"))))
        .hasMessageContaining("a → b → a");
    assertThatThrownBy(() -> map(Map.of("a", Set.of("b")))).hasMessageContaining("does not hold");
  }

  @Test
  void an_unknown_service_is_told_with_the_nearest() {
    assertThatThrownBy(() -> CRM.levels(List.of("databse")))
        .hasMessageContaining("did you mean \"database\"?");
    assertThatThrownBy(() -> CRM.withDependencies(List.of("x"))).hasMessageContaining("allowed:");
    assertThatThrownBy(() -> CRM.withDependents(List.of("x"))).hasMessageContaining("allowed:");
  }

  private static List<List<String>> names(List<List<Service>> levels) {
    return levels.stream().map(level -> level.stream().map(Service::name).toList()).toList();
  }

  private static ServiceMap map(Map<String, ? extends Set<String>> needs) {
    TreeMap<String, Service> services = new TreeMap<>();
    needs.forEach(
        (name, own) ->
            services.put(
                name,
                new Service(
                    name,
                    "all",
                    ServiceManager.SYSTEMD,
                    name,
                    new ServiceCommands(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                    true,
                    new ArrayList<>(),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    new TreeSet<>(own))));
    return new ServiceMap("p", services);
  }
}
