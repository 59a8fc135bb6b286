package org.runwright.platform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Tells when the files of one folder (without its subfolders and hidden files) have changed, by
 * their content. Whoever owns it asks at an interval. Thread-safe.
 */
public final class FolderWatch {

  private static final int MOST_FILES = 1_000;

  private final Path folder;
  private final Predicate<String> wanted;
  private final int maxBytes;
  private String told = "";
  private String seen = "";

  /**
   * @param wanted which file names to look at
   * @param maxBytes a larger file is told as a problem, and its first {@code maxBytes + 1} bytes
   *     are handed over
   */
  public FolderWatch(Path folder, Predicate<String> wanted, int maxBytes) {
    this.folder = folder;
    this.wanted = wanted;
    this.maxBytes = maxBytes;
  }

  /** The files as they are now. */
  public synchronized FolderContent read() {
    FolderContent content = look();
    told = fingerprint(content);
    seen = told;
    return content;
  }

  /**
   * The files, if they differ from what was handed over last and two looks in succession found the
   * same: a file that is still being written is left for the next look.
   */
  public synchronized Optional<FolderContent> changed() {
    FolderContent content = look();
    String now = fingerprint(content);
    boolean settled = now.equals(seen);
    seen = now;
    if (!settled || now.equals(told)) {
      return Optional.empty();
    }
    told = now;
    return Optional.of(content);
  }

  private FolderContent look() {
    TreeMap<String, byte[]> files = new TreeMap<>();
    List<FileProblem> problems = new ArrayList<>();
    boolean readable = true;
    try (Stream<Path> paths = Files.list(folder)) {
      List<Path> chosen = paths.filter(this::isWanted).sorted().limit(MOST_FILES + 1L).toList();
      if (chosen.size() > MOST_FILES) {
        problems.add(problem(folder.toString(), "holds more than 1,000 files, the most allowed"));
      }
      chosen.stream().limit(MOST_FILES).forEach(path -> read(path, files, problems));
    } catch (IOException | java.io.UncheckedIOException e) {
      readable = false;
      String advice = "; make the folder, or set another one";
      problems.add(problem(folder.toString(), "cannot be read: " + reason(e) + advice));
    }
    return new FolderContent(
        Collections.unmodifiableSortedMap(files), List.copyOf(problems), readable);
  }

  private boolean isWanted(Path path) {
    String name = path.getFileName().toString();
    return !name.startsWith(".") && wanted.test(name) && !Files.isDirectory(path);
  }

  private void read(Path path, TreeMap<String, byte[]> files, List<FileProblem> problems) {
    String name = path.getFileName().toString();
    if (!Files.isRegularFile(path)) {
      problems.add(problem(name, "is not a regular file"));
      return;
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] content = in.readNBytes(maxBytes + 1);
      files.put(name, content);
      if (content.length > maxBytes) {
        problems.add(problem(name, "is larger than " + maxBytes + " bytes, the most allowed"));
      }
    } catch (IOException e) {
      problems.add(problem(name, "cannot be read: " + reason(e)));
    }
  }

  private static String reason(Exception e) {
    return e instanceof NoSuchFileException ? "it does not exist" : e.getClass().getSimpleName();
  }

  private static FileProblem problem(String file, String message) {
    return new FileProblem(file, 0, 0, message);
  }

  private static String fingerprint(FolderContent content) {
    MessageDigest digest = sha256();
    content
        .files()
        .forEach(
            (name, bytes) -> {
              digest.update(name.getBytes(StandardCharsets.UTF_8));
              digest.update(ByteBuffer.allocate(8).putLong(0, bytes.length));
              digest.update(bytes);
            });
    digest.update(content.problems().toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256; use another one", e);
    }
  }
}
