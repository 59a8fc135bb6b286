package org.runwright.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.runwright.platform.PlatformProperties;
import org.runwright.step.Script;
import org.runwright.step.StepRefused;

class ScriptFolderTest {

  @TempDir Path directory;

  private Path folder = Path.of("scripts");
  private Scripts scripts = new ScriptFolder(new PlatformProperties("none", Duration.ZERO));

  @BeforeEach
  void twoScriptsAndWhatIsNone() throws IOException {
    folder = Files.createDirectories(directory.resolve("runbooks/scripts"));
    Files.writeString(folder.resolve("b.sh"), "#!/bin/sh\n");
    Files.writeString(folder.resolve("a.py"), "#!/usr/bin/env python3\n");
    Files.writeString(folder.resolve(".hidden"), "#!/bin/sh\n");
    Files.writeString(directory.resolve("secret"), "#!/bin/sh\n");
    Files.createSymbolicLink(folder.resolve("out"), directory.resolve("secret"));
    Files.createSymbolicLink(folder.resolve("alias"), folder.resolve("b.sh"));
    Files.createDirectory(folder.resolve("sub"));
    scripts =
        new ScriptFolder(
            new PlatformProperties(directory.resolve("runbooks").toString(), Duration.ZERO));
  }

  @Test
  void the_files_of_the_folder_are_the_scripts() {
    assertThat(scripts.names()).map(Object::toString).containsExactly("a.py", "alias", "b.sh");
    Script script = scripts.read("a.py");
    assertThat(script.interpreter()).isEqualTo("/usr/bin/env");
    assertThat(script.option()).contains("python3");
    assertThat(script.sha256()).hasSize(64);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../../secret",
        "sub",
        "out",
        ".hidden",
        "/etc/passwd",
        "b.sh\0",
        "c"
      })
  void no_name_leads_out_of_it(String name) {
    assertThatThrownBy(() -> scripts.read(name))
        .isInstanceOf(StepRefused.class)
        .hasMessageContaining("no script")
        .hasMessageContaining("allowed: a.py, alias, b.sh");
  }

  @Test
  void a_change_counts_at_once_and_a_missing_folder_holds_none() throws IOException {
    String before = scripts.read("b.sh").sha256();
    Files.writeString(folder.resolve("b.sh"), "#!/bin/sh\nexit 1\n");

    assertThat(scripts.read("b.sh").sha256()).isNotEqualTo(before);
    assertThat(new ScriptFolder(new PlatformProperties("no/such", Duration.ZERO)).names())
        .isEmpty();
  }
}
