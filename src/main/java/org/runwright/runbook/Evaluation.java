package org.runwright.runbook;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.runwright.platform.FileProblem;
import org.runwright.platform.FileProblems;
import org.runwright.platform.FolderContent;
import org.runwright.runbook.DescriptorFile.Descriptor;

/**
 * Decides which descriptors of a folder are in force: each file's newest version, or its last good
 * one while the newest is wrong; of two files with one id the one that held it before, else the
 * first by name.
 */
final class Evaluation {

  private final DescriptorFile reader;
  private final Map<String, byte[]> lastGood;
  private final List<FileProblem> problems = new ArrayList<>();
  private final TreeMap<String, Runbook> inForce = new TreeMap<>();
  private final Map<String, String> owners = new HashMap<>();

  private Evaluation(DescriptorFile reader, Map<String, byte[]> lastGood) {
    this.reader = reader;
    this.lastGood = lastGood;
  }

  /**
   * @param lastGood of each file; brought up to date
   */
  static Descriptors of(
      FolderContent content,
      DescriptorFile reader,
      Map<String, byte[]> lastGood,
      Descriptors before) {
    Evaluation evaluation = new Evaluation(reader, lastGood);
    evaluation.evaluate(content, before);
    return new Descriptors(evaluation.inForce, evaluation.owners, List.copyOf(evaluation.problems));
  }

  private void evaluate(FolderContent content, Descriptors before) {
    lastGood.keySet().retainAll(content.files().keySet());
    problems.addAll(content.problems());
    List<Claim> claims = new ArrayList<>();
    content.files().forEach((file, bytes) -> claims.add(claim(file, bytes)));
    claims.sort(
        Comparator.<Claim, Boolean>comparing(claim -> !claim.heldIn(before))
            .thenComparing(Claim::file));
    claims.forEach(this::settle);
    problems.sort(
        Comparator.comparing(FileProblem::file)
            .thenComparing(FileProblem::line)
            .thenComparing(FileProblem::column));
  }

  private Claim claim(String file, byte[] bytes) {
    FileProblems own = new FileProblems(file);
    boolean known = problems.stream().anyMatch(problem -> problem.file().equals(file));
    Optional<Descriptor> newest = Optional.empty();
    if (file.endsWith(".yaml")) {
      own.add("files of this folder end in .yml; rename it");
    } else if (!known) {
      newest = reader.read(bytes, own);
    }
    return new Claim(file, bytes, own, newest.isPresent(), newest.or(() -> former(file)));
  }

  private Optional<Descriptor> former(String file) {
    return Optional.ofNullable(lastGood.get(file))
        .flatMap(bytes -> reader.read(bytes, new FileProblems(file)));
  }

  private void settle(Claim claim) {
    Optional<Descriptor> descriptor = claim.descriptor;
    if (claim.newest && refuseDouble(claim)) {
      descriptor = former(claim.file).filter(former -> !inForce.containsKey(former.id()));
    } else if (claim.newest) {
      lastGood.put(claim.file, claim.bytes);
    }
    descriptor.ifPresent(
        good -> {
          if (inForce.putIfAbsent(good.id(), good.runbook()) == null) {
            owners.put(good.id(), claim.file);
          }
        });
    problems.addAll(claim.problems.all());
  }

  private boolean refuseDouble(Claim claim) {
    Descriptor descriptor = claim.descriptor.orElseThrow();
    String owner = owners.get(descriptor.id());
    if (owner != null) {
      descriptor
          .place()
          .problem("the id " + descriptor.id() + " is that of " + owner + "; choose another");
    }
    return owner != null;
  }

  /**
   * What a file asks to be in force.
   *
   * @param newest whether the descriptor is the file's newest version
   */
  private record Claim(
      String file,
      byte[] bytes,
      FileProblems problems,
      boolean newest,
      Optional<Descriptor> descriptor) {

    boolean heldIn(Descriptors before) {
      return descriptor.filter(d -> file.equals(before.owners().get(d.id()))).isPresent();
    }
  }
}
