package org.runwright.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts.KnownHostEntry;
import org.jspecify.annotations.Nullable;

/**
 * The keys of hosts that people vouch for, in OpenSSH's files. Files are read again when they
 * changed. Thread-safe.
 */
final class KnownHosts {

  private record Parsed(FileTime time, long size, List<KnownHostEntry> entries) {}

  private final List<Path> files;
  private final boolean trustOnFirstUse;
  private final Map<Path, Parsed> parsed = new ConcurrentHashMap<>();

  KnownHosts(List<Path> files, boolean trustOnFirstUse) {
    this.files = files;
    this.trustOnFirstUse = trustOnFirstUse;
  }

  /**
   * The one verifier of a connection: sshj believes a key that any of several verifiers accepts.
   */
  Verdict verdict(String address, int port) {
    return new Verdict(address, port);
  }

  /** Judges the key of one server and remembers why it refused. */
  final class Verdict implements HostKeyVerifier {

    private final String address;
    private final int port;
    private volatile @Nullable String refusal;

    private Verdict(String address, int port) {
      this.address = address;
      this.port = port;
    }

    /** Why the key was refused, and what to do; null if it was not. */
    @Nullable String refusal() {
      return refusal;
    }

    @Override
    public boolean verify(String ignoredName, int ignoredPort, PublicKey key) {
      try {
        refusal = judge(key);
      } catch (IOException | UncheckedIOException e) {
        refusal = "cannot read " + files + " to check the host key of " + name() + ": " + e;
      }
      return refusal == null;
    }

    @Override
    public List<String> findExistingAlgorithms(String ignoredName, int ignoredPort) {
      List<String> algorithms = new ArrayList<>();
      try {
        for (KnownHostEntry entry : entries()) {
          if (entry.appliesTo(name()) && !marked(entry, "@")) {
            if (entry.getType() == KeyType.RSA) {
              algorithms.addAll(List.of("rsa-sha2-512", "rsa-sha2-256")); // signatures of that key
            }
            algorithms.add(entry.getType().toString());
          }
        }
      } catch (IOException | UncheckedIOException e) {
        return List.of(); // verify says it
      }
      return algorithms;
    }

    private @Nullable String judge(PublicKey key) throws IOException {
      boolean known = false;
      boolean trusted = false;
      for (KnownHostEntry entry : entries()) {
        if (!entry.appliesTo(name())) {
          continue;
        }
        if (marked(entry, "@revoked")) {
          if (entry.getLine().contains(encoded(key))) {
            return "the host key of " + name() + " is revoked (" + fingerprint(key) + ")";
          }
        } else {
          known |= !marked(entry, "@");
          trusted |= entry.verify(key);
        }
      }
      if (trusted) {
        return null;
      }
      return known ? changed(key) : unknown(key);
    }

    private String changed(PublicKey key) {
      return "the host key of %s is not the one in %s: it now shows %s %s. Somebody may be in between. If the host was set up anew, run: ssh-keygen -f %s -R '%s' && ssh-keyscan%s %s >> %s, and compare the fingerprint"
          .formatted(
              name(),
              files.get(0),
              KeyType.fromKey(key),
              fingerprint(key),
              files.get(0),
              name(),
              port == 22 ? "" : " -p " + port,
              address,
              files.get(0));
    }

    private @Nullable String unknown(PublicKey key) throws IOException {
      if (trustOnFirstUse) {
        remember(name(), key);
        return null;
      }
      return "the host key of %s is unknown: it shows %s %s. If that is its fingerprint, run: ssh-keyscan%s %s >> %s"
          .formatted(
              name(),
              KeyType.fromKey(key),
              fingerprint(key),
              port == 22 ? "" : " -p " + port,
              address,
              files.get(0));
    }

    /** As OpenSSH writes it: {@code host} or {@code [host]:port}. */
    private String name() {
      String lower = address.toLowerCase(Locale.ROOT);
      return port == 22 ? lower : "[" + lower + "]:" + port;
    }
  }

  private static boolean marked(KnownHostEntry entry, String marker) {
    return entry.getLine().startsWith(marker);
  }

  private synchronized void remember(String name, PublicKey key) throws IOException {
    Path file = files.get(0);
    if (Files.notExists(file)) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    String line = name + " " + KeyType.fromKey(key) + " " + encoded(key) + "\n";
    Files.writeString(file, line, StandardOpenOption.APPEND);
  }

  private List<KnownHostEntry> entries() {
    return files.stream().filter(Files::exists).flatMap(file -> entries(file).stream()).toList();
  }

  private List<KnownHostEntry> entries(Path file) {
    try {
      FileTime time = Files.getLastModifiedTime(file);
      long size = Files.size(file);
      Parsed last = parsed.get(file);
      if (last == null || !last.time().equals(time) || last.size() != size) {
        try (var reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
          last = new Parsed(time, size, new OpenSSHKnownHosts(reader).entries());
        }
        parsed.put(file, last);
      }
      return last.entries();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String encoded(PublicKey key) {
    return Base64.getEncoder().encodeToString(wire(key));
  }

  /** As {@code ssh-keygen -l} shows it. */
  static String fingerprint(PublicKey key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(wire(key));
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] wire(PublicKey key) {
    return new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
  }
}
