package org.runwright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links between documents lead somewhere. */
class LinksTest {

  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

  static List<Page> pages() {
    return Page.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_link_to_a_file_and_heading_of_the_project_leads_there(Page page) {
    Path folder = page.file().toAbsolutePath().getParent();
    for (String line : page.lines()) {
      for (var link : LINK.matcher(line).results().toList()) {
        String target = link.group(1);
        if (!target.contains("://")) {
          String[] parts = target.split("#", 2);
          Path file = parts[0].isEmpty() ? page.file() : folder.resolve(parts[0]);
          assertThat(Files.exists(file)).as("%s links to %s", page.file(), target).isTrue();
          if (parts.length == 2) {
            assertThat(anchors(Page.read(file.toString()))).as(target).contains(parts[1]);
          }
        }
      }
    }
  }

  private static List<String> anchors(Page page) {
    return page.lines().stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
        .toList();
  }
}
