package org.runwright.docs;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.runwright.Runwright;
import org.springframework.modulith.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

/** The table of rooms in docs/architecture.md says what each package says of itself. */
class RoomsTableTest {

  private static final Pattern SENTENCE = Pattern.compile("\\A/\\*\\*(.*?)\\*/", Pattern.DOTALL);

  private static final Map<String, List<String>> TABLE =
      Page.read("docs/architecture.md").rowsBelow("## Rooms").stream()
          .collect(toMap(row -> Page.code(row.get(0)).get(0), row -> row));

  @Test
  void every_room_is_there() {
    Set<String> rooms = new TreeSet<>();
    ApplicationModules.of(Runwright.class, new ImportOption.DoNotIncludeTests()).stream()
        .forEach(room -> rooms.add(room.getIdentifier().toString()));

    assertThat(TABLE.keySet()).isEqualTo(rooms);
  }

  @Test
  void its_purpose_is_the_one_of_its_package() {
    TABLE.forEach((room, row) -> assertThat(row.get(1)).as(room).isEqualTo(sentence(room)));
  }

  @Test
  void it_may_import_what_its_package_declares() throws ClassNotFoundException {
    for (String room : TABLE.keySet()) {
      ApplicationModule declared =
          Class.forName("org.runwright." + room + ".package-info")
              .getAnnotation(ApplicationModule.class);
      assertThat(Page.code(TABLE.get(room).get(2)))
          .as(room)
          .containsExactlyInAnyOrder(declared.allowedDependencies());
    }
  }

  private static String sentence(String room) {
    Path file = Path.of("src/main/java/org/runwright", room, "package-info.java");
    try {
      var matcher = SENTENCE.matcher(Files.readString(file));
      assertThat(matcher.find()).as(room + " says what it is for").isTrue();
      return matcher.group(1).replaceAll("\\s*\\n \\* ?", " ").strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
