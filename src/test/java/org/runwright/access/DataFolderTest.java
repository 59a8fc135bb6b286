package org.runwright.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;

class DataFolderTest {

  @TempDir Path directory;

  @Test
  void a_new_folder_is_its_owners_alone() throws IOException {
    Path folder = directory.resolve("a/data");

    make(folder);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void a_place_that_cannot_be_used_is_told_with_the_setting_to_change() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> make(file.resolve("data")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("runwright.data-dir");
  }

  private static void make(Path folder) {
    DataFolder made = new DataFolder();
    made.setEnvironment(
        new MockEnvironment().withProperty("runwright.data-dir", folder.toString()));
    made.postProcessBeanFactory(new DefaultListableBeanFactory());
  }
}
