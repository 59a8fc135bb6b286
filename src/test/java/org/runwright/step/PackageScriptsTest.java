package org.runwright.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.runwright.step.StepResult.Verdict;

/**
 * What is told to apt and to dnf, against stand-ins of both that keep a list of packages. Real apt:
 * {@code RealPatchTest}. Real dnf: untried.
 */
class PackageScriptsTest {

  /** Upgrades b from 1 to 2 and installs d, or does what "install" names. */
  private static final String APT_GET =
      """
      echo "$*" >>"$FOLDER/told"
      for word; do
        case $word in
          upgrade) printf 'a 1\\nb 2\\nc:i386 1.0-1\\nd 5\\n' >"$FOLDER/installed" ;;
          install) cp "$FOLDER/next" "$FOLDER/installed" ;;
          -s) echo 'Inst b [1] (2 Debian-Security:12/stable-security [amd64])'
              echo 'Inst c [1] (3 Debian:12/stable [amd64])'; exit ;;
          check) [ ! -e "$FOLDER/busy" ] || { echo 'E: Could not get lock' >&2; exit 100; } ;;
        esac
      done
      """;

  private static final String DPKG_QUERY =
      """
      case $* in *Package*) sed 's/^/ii |/' "$FOLDER/installed" ;; *) echo 'ii ' ;; esac
      """;

  private static final String DNF =
      """
      echo "$*" >>"$FOLDER/told"
      for word; do
        case $word in
          upgrade) printf 'a.x86_64 0:1-1\\nb.noarch 0:2-1\\nd.noarch 1:5-2\\n' >"$FOLDER/installed" ;;
          remove) cp "$FOLDER/next" "$FOLDER/installed" ;;
        esac
      done
      """;

  private static final Map<String, Object> DNF_HOST = Map.of("ansible_pkg_mgr", "dnf");

  @TempDir Path folder;

  static Stream<List<String>> shells() {
    return LocalShell.all();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void apt_updates_and_puts_back_what_was_noted(List<String> shell) {
    PatchHost host = apt(shell, "a 1\nb 1\nc:i386 1.0-1\n");

    succeeded(host.run("note-packages", Map.of()), true);
    succeeded(host.run("note-packages", Map.of()), false);
    LocalShell.Ended updated = host.run("update-packages", Map.of());
    succeeded(updated, true);
    assertThat(updated.result().message()).contains("2 packages updated: b 2,d 5");
    assertThat(told(host)).containsExactly("update", "--with-new-pkgs upgrade");

    host.write("next", "a 1\nb 1\nc:i386 1.0-1\n");
    succeeded(host.run("put-back-packages", Map.of()), true);
    assertThat(told(host))
        .endsWith("--allow-downgrades --allow-change-held-packages install b=1 d-");
    succeeded(host.run("put-back-packages", Map.of()), false);
    succeeded(host.run("forget-packages", Map.of()), true);
    assertThat(host.state().resolve("packages-" + PatchHost.RUN)).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void what_could_not_be_put_back_is_told(List<String> shell) {
    PatchHost host = apt(shell, "a 1\nb 1\n");
    host.run("note-packages", Map.of());
    host.run("update-packages", Map.of());
    host.write("next", "a 1\nb 2\n");

    LocalShell.Ended ended = host.run("put-back-packages", Map.of());

    assertThat(ended.result().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(ended.result().message()).contains("wanted: b 1,; there are: b 2,");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void apt_takes_security_updates_alone_and_named_packages(List<String> shell) {
    PatchHost host = apt(shell, "a 1\nb 1\nc 1\n");
    host.run("note-packages", Map.of());
    host.write("next", "a 1\nb 2\nc 1\n");

    succeeded(host.run("update-packages", Map.of("update", "security")), true);
    assertThat(told(host)).endsWith("--only-upgrade install b=2");
    succeeded(
        host.run("update-packages", Map.of("update", "packages", "packages", List.of("b", "c=1"))),
        true);
    assertThat(told(host)).endsWith("--allow-downgrades --only-upgrade install b c=1");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void a_host_that_is_not_fit_is_told_why(List<String> shell) {
    PatchHost host = apt(shell, "a 1\n");
    LocalShell.Ended fit = host.run("pre-check", Map.of("min-free", 1));
    succeeded(fit, false);
    assertThat(fit.result().values().get("boot-id")).hasSize(36);

    host.write("busy", "");
    LocalShell.Ended unfit = host.run("pre-check", Map.of("min-free", 9_999_999));

    assertThat(unfit.result().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(unfit.result().message()).contains("9999999 have to be", "E: Could not get lock");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void dnf_updates_and_puts_back_what_was_noted(List<String> shell) {
    PatchHost host = new PatchHost(shell, folder);
    host.program("dnf", DNF);
    host.program("rpm", "cat \"$FOLDER/installed\"");
    host.write("installed", "a.x86_64 0:1-1\nb.noarch 0:1-1\n");
    host.run("lock-host", Map.of());

    succeeded(host.run("note-packages", Map.of(), DNF_HOST), true);
    succeeded(host.run("update-packages", Map.of("update", "security"), DNF_HOST), true);
    host.write("next", "a.x86_64 0:1-1\nb.noarch 0:1-1\n");
    succeeded(host.run("put-back-packages", Map.of(), DNF_HOST), true);

    assertThat(host.lines("told"))
        .containsExactly(
            "-y --refresh makecache",
            "-y upgrade --security",
            "-y --allowerasing install b-0:1-1.noarch",
            "-y --setopt=clean_requirements_on_remove=False remove d-1:5-2.noarch");
  }

  private PatchHost apt(List<String> shell, String installed) {
    PatchHost host = new PatchHost(shell, folder);
    host.program("apt-get", APT_GET);
    host.program("dpkg-query", DPKG_QUERY);
    host.program("dpkg", ":");
    host.write("installed", installed);
    host.run("lock-host", Map.of());
    return host;
  }

  /** What apt-get was told, without the options that it is always given. */
  private static List<String> told(PatchHost host) {
    return host.lines("told").stream().map(line -> line.replaceFirst("^.*confold ", "")).toList();
  }

  private static void succeeded(LocalShell.Ended ended, boolean changed) {
    assertThat(ended.result().verdict())
        .as(ended.result().message() + "\n" + ended.out() + ended.err())
        .isEqualTo(Verdict.SUCCEEDED);
    assertThat(ended.result().changed()).as(ended.result().message()).contains(changed);
  }
}
