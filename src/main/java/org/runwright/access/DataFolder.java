package org.runwright.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Makes the data folder before the database does, readable by its owner only: it holds what steps
 * printed, and the hashes of passwords. A folder that is there already keeps its rights.
 */
@Component
class DataFolder implements BeanFactoryPostProcessor, EnvironmentAware {

  private Path folder = Path.of("data");

  @Override
  public void setEnvironment(Environment environment) {
    folder = Path.of(environment.getProperty("runwright.data-dir", "./data"));
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    try {
      if (!Files.exists(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      lock();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot make the data folder " + folder + "; set runwright.data-dir to another place", e);
    }
  }

  /** A server's name comes from its folder, so that two servers must not share one. */
  @SuppressWarnings("StreamResourceLeak") // held until the process ends, however it ends
  private void lock() throws IOException {
    FileChannel file =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (file.tryLock() == null) {
        file.close();
        throw new IllegalStateException(
            "another server uses the data folder "
                + folder.toAbsolutePath()
                + "; give each its own runwright.data-dir");
      }
    } catch (OverlappingFileLockException e) {
      file.close(); // this process has it already
    }
  }
}
