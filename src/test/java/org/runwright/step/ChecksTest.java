package org.runwright.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.runwright.platform.Check;
import org.runwright.step.LocalShell.Ended;
import org.runwright.step.StepResult.Verdict;

/** The checks as they run on a host, against real servers. */
class ChecksTest {

  private static final List<String> ALWAYS_THERE =
      List.of("sh", "cat", "sed", "head", "tail", "cut", "tr", "mktemp", "rm", "sleep", "grep");

  @TempDir Path directory;
  private final AtomicInteger status = new AtomicInteger(200);
  private HttpServer server;

  @BeforeEach
  void a_server() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/health",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void no_server() {
    server.stop(0);
  }

  @ParameterizedTest
  @MethodSource("org.runwright.step.LocalShell#all")
  void all_checks_hold(List<String> shell) {
    Ended ended =
        new LocalShell(shell, directory)
            .run(
                Kinds.prepare(
                    "check-service",
                    PlatformBuilder.aPlatform()
                        .check(new Check.Tcp(port(), Optional.empty()))
                        .check(health(200))
                        .check(new Check.Command("exit 0", Optional.empty()))
                        .build()));

    assertThat(ended.result().verdict()).isEqualTo(Verdict.SUCCEEDED);
    assertThat(ended.result().values())
        .containsEntry("well", "true")
        .containsEntry("state", "running");
    assertThat(ended.result().changed()).contains(false);
    assertThat(ended.result().message()).isEqualTo("database is well");
  }

  @ParameterizedTest
  @MethodSource("org.runwright.step.LocalShell#all")
  void each_check_that_fails_says_why(List<String> shell) throws IOException {
    int closed = closedPort();
    status.set(503);

    Ended ended =
        new LocalShell(shell, directory)
            .run(
                Kinds.prepare(
                    "check-service",
                    PlatformBuilder.aPlatform()
                        .check(new Check.Tcp(closed, Optional.empty()))
                        .check(health(200))
                        .check(new Check.Command("echo no licence; exit 9", Optional.empty()))
                        .build()));

    assertThat(ended.result().verdict()).isEqualTo(Verdict.SUCCEEDED);
    assertThat(ended.result().values()).containsEntry("well", "false");
    assertThat(ended.result().message())
        .contains("tcp " + closed + ": connection refused")
        .contains("/health: expected 200, got 503")
        .contains("exit code 9: no licence");
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "wget", "bash"})
  void http_needs_only_one_of_three_programs(String program) throws IOException {
    LocalShell host = hostWith(program);

    status.set(302);
    assertThat(wellOn(host, health(302))).isEqualTo("true");
    status.set(500);
    assertThat(wellOn(host, health(500))).isEqualTo("true");
    assertThat(messageOn(host, health(200))).endsWith("/health: expected 200, got 500");
    assertThat(messageOn(host, http("http://localhost:" + closedPort() + "/", 200)))
        .containsIgnoringCase("connect");
  }

  @Test
  void a_host_without_any_of_them_says_what_it_lacks() throws IOException {
    LocalShell host = hostWith("true");

    assertThat(messageOn(host, health(200))).contains("needs curl, wget or bash");
    assertThat(messageOn(host, new Check.Tcp(port(), Optional.empty())))
        .contains("needs bash or nc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://{host}:%d/health",
        "http://{host}:%d/health?deep=1&x=$(touch+pwned)",
        "http://{host}:%d/health#part"
      })
  void plain_http_reads_urls(String form) throws IOException {
    LocalShell host = hostWith("bash");

    assertThat(wellOn(host, http(form.formatted(port()), 200))).isEqualTo("true");
    assertThat(directory.resolve("pwned")).doesNotExist();
  }

  @Test
  void a_check_that_hangs_is_ended() {
    Ended ended =
        shell()
            .run(
                Kinds.prepare(
                    "check-service",
                    PlatformBuilder.aPlatform()
                        .check(new Check.Command("echo begun; sleep 300", Optional.empty()))
                        .build()));

    assertThat(ended.result().message())
        .isEqualTo("command echo begun; sleep 300: did not end within 10 s: begun");
  }

  @Test
  void what_does_not_run_is_not_well_though_its_checks_hold() {
    Ended ended =
        shell()
            .run(
                Kinds.prepare(
                    "check-service",
                    PlatformBuilder.aPlatform()
                        .commands("true", "true", "exit 3")
                        .check(new Check.Tcp(port(), Optional.empty()))
                        .build()));

    assertThat(ended.result().values()).containsEntry("well", "false");
    assertThat(ended.result().message())
        .isEqualTo("its status command says database is stopped: ended with 3");
  }

  @Test
  void looking_fails_only_where_it_cannot_be_done() {
    Ended ended =
        shell()
            .run(
                Kinds.prepare(
                    "check-service",
                    PlatformBuilder.aPlatform().commands("true", "true", "/no/such").build()));

    assertThat(ended.result().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(ended.result().message()).startsWith("cannot tell whether database runs");
  }

  @ParameterizedTest
  @MethodSource("org.runwright.step.LocalShell#all")
  void waits_until_the_last_check_holds(List<String> shell) {
    String third = "echo x >>tries; test $(wc -l <tries) -ge 3";

    Ended ended =
        new LocalShell(shell, directory)
            .run(
                Kinds.prepare(
                    "await-service",
                    PlatformBuilder.aPlatform()
                        .check(new Check.Command(third, Optional.empty()))
                        .build()));

    assertThat(ended.result().verdict()).isEqualTo(Verdict.SUCCEEDED);
    assertThat(ended.result().values()).containsEntry("well", "true");
    assertThat(directory.resolve("tries")).hasContent("x\nx\nx");
  }

  @ParameterizedTest
  @MethodSource("org.runwright.step.LocalShell#all")
  void gives_up_when_the_time_of_one_check_is_over(List<String> shell) {
    Ended ended =
        new LocalShell(shell, directory)
            .run(
                Kinds.prepare(
                    "await-service",
                    PlatformBuilder.aPlatform()
                        .startTimeout(300)
                        .check(new Check.Command("false", Optional.empty()))
                        .check(
                            new Check.Command(
                                "echo no licence; false", Optional.of(Duration.ofSeconds(1))))
                        .build()));

    assertThat(ended.result().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(ended.result().values()).containsEntry("well", "false");
    assertThat(ended.result().message())
        .startsWith("database is not well after ")
        .contains("command false: exit code 1")
        .contains("no licence");
  }

  private String wellOn(LocalShell host, Check check) {
    return looked(host, check).values().getOrDefault("well", "");
  }

  private String messageOn(LocalShell host, Check check) {
    return looked(host, check).message();
  }

  private static StepResult looked(LocalShell host, Check check) {
    return host.run(
            Kinds.prepare(
                "check-service",
                PlatformBuilder.aPlatform().address("localhost").check(check).build()))
        .result();
  }

  private LocalShell shell() {
    return new LocalShell(List.of("sh"), directory);
  }

  /** A host whose path holds only what every host has, and one program more. */
  private LocalShell hostWith(String program) throws IOException {
    // mvn verify needs nothing but JDK and Maven; CI installs the program and counts a skip as
    // failed.
    assumeThat(Path.of("/usr/bin", program)).exists();
    Path programs = Files.createDirectories(directory.resolve("bin"));
    for (String name : Stream.concat(ALWAYS_THERE.stream(), Stream.of(program)).toList()) {
      Path call = programs.resolve(name);
      Files.writeString(call, "#!/bin/sh\nexec /usr/bin/" + name + " \"$@\"\n");
      assertThat(call.toFile().setExecutable(true)).isTrue();
    }
    return new LocalShell(List.of("/bin/sh"), directory, Map.of("PATH", programs.toString()));
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private Check health(int expect) {
    return http("http://{host}:" + port() + "/health", expect);
  }

  private static Check http(String url, int expect) {
    return new Check.Http(url, expect, Optional.empty());
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
