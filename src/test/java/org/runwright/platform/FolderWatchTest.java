package org.runwright.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {

  @TempDir Path folder;

  @Test
  void only_wanted_visible_files_are_read() throws IOException {
    for (String name : new String[] {"a.yml", "b.yml~", ".c.yml", "d.txt"}) {
      Files.writeString(folder.resolve(name), name);
    }
    Files.createDirectory(folder.resolve("sub.yml"));
    FolderContent content = watch(100).read();
    assertThat(content.files())
        .containsOnlyKeys("a.yml")
        .containsEntry("a.yml", "a.yml".getBytes(UTF_8));
    assertThat(content.problems()).isEmpty();
  }

  @Test
  void a_change_is_told_once_two_looks_agree() throws IOException {
    FolderWatch watch = watch(100);
    watch.read();
    assertThat(watch.changed()).isEmpty();
    Files.writeString(folder.resolve("a.yml"), "half");
    assertThat(watch.changed()).isEmpty();
    Files.writeString(folder.resolve("a.yml"), "half and whole");
    assertThat(watch.changed()).isEmpty();
    assertThat(watch.changed()).isPresent();
    assertThat(watch.changed()).isEmpty();
    Files.delete(folder.resolve("a.yml"));
    assertThat(watch.changed()).isEmpty();
    assertThat(watch.changed().orElseThrow().files()).isEmpty();
  }

  @Test
  void the_same_content_written_again_is_no_change() throws IOException {
    Files.writeString(folder.resolve("a.yml"), "x");
    FolderWatch watch = watch(100);
    watch.read();
    Files.delete(folder.resolve("a.yml"));
    Files.writeString(folder.resolve("a.yml"), "x");
    assertThat(watch.changed()).isEmpty();
    assertThat(watch.changed()).isEmpty();
  }

  @Test
  void too_large_a_file_is_a_problem() throws IOException {
    Files.writeString(folder.resolve("a.yml"), "x".repeat(11));
    assertThat(watch(10).read().problems())
        .containsExactly(
            new FileProblem("a.yml", 0, 0, "is larger than 10 bytes, the most allowed"));
  }

  @Test
  void a_missing_folder_is_a_problem_and_may_come_later() throws IOException {
    Path later = folder.resolve("later");
    FolderWatch watch = new FolderWatch(later, name -> true, 100);
    FolderContent content = watch.read();
    assertThat(content.readable()).isFalse();
    assertThat(content.problems().toString()).contains(later.toString(), "does not exist");
    Files.createDirectory(later);
    watch.changed();
    assertThat(watch.changed().orElseThrow().readable()).isTrue();
  }

  private FolderWatch watch(int maxBytes) {
    return new FolderWatch(folder, name -> name.endsWith(".yml"), maxBytes);
  }
}
