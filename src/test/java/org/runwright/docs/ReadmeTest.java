package org.runwright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What README shows of the example is what the example's files hold. */
class ReadmeTest {

  private static final Page README = Page.read("README.md");
  private static final Path EXAMPLES = Path.of("docs/examples");

  @Test
  void shows_the_descriptor_of_the_example() throws IOException {
    assertThat(README.blocks("yaml"))
        .containsExactly(Files.readAllLines(EXAMPLES.resolve("announce-maintenance.yml")));
  }

  @Test
  void shows_lines_of_the_process_of_the_example() throws IOException {
    List<String> process =
        stripped(Files.readAllLines(EXAMPLES.resolve("announce-maintenance.bpmn")));
    assertThat(README.blocks("xml"))
        .singleElement()
        .satisfies(shown -> assertThat(process).containsSubsequence(stripped(shown)));
  }

  private static List<String> stripped(List<String> lines) {
    return lines.stream().map(String::strip).toList();
  }
}
