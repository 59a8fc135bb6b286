package org.runwright.runbook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.runwright.platform.FileProblems;
import org.runwright.platform.PlatformProperties;
import org.runwright.platform.Suggestion;
import org.runwright.step.Script;
import org.runwright.step.StepRefused;
import org.springframework.stereotype.Component;

/**
 * The files of the folder {@code scripts} beside the descriptors, read anew each time. A name is
 * only ever compared with those that the folder holds, so that none leads out of it; neither does a
 * link.
 */
@Component
class ScriptFolder implements Scripts {

  private static final int MOST_FILES = 1_000;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final Path folder;

  ScriptFolder(PlatformProperties properties) {
    this.folder = properties.runbooks().resolve("scripts");
  }

  @Override
  public Collection<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(this::isOurs)
          .map(file -> file.getFileName().toString())
          .filter(name -> NAME.matcher(name).matches())
          .sorted()
          .limit(MOST_FILES)
          .toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private boolean isOurs(Path file) {
    try {
      return Files.isRegularFile(file) && file.toRealPath().startsWith(folder.toRealPath());
    } catch (IOException e) {
      return false; // it is just being replaced, or a link leads nowhere
    }
  }

  @Override
  public Script read(String name) {
    Collection<String> names = names();
    if (!names.contains(name)) {
      throw new StepRefused(
          "no script " + FileProblems.quoted(name) + Suggestion.ending(name, names));
    }
    Path file = folder.resolve(name);
    try (InputStream in = Files.newInputStream(file)) {
      return Script.of(name, in.readNBytes(Script.LONGEST + 1));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static StepRefused unreadable(Path path, IOException e) {
    return new StepRefused(path + " cannot be read: " + e.getClass().getSimpleName());
  }
}
