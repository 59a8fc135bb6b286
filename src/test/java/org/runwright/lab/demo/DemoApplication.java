package org.runwright.lab.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.runwright.Runwright;
import org.runwright.lab.EmbeddedLab;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;

/**
 * The demo: the embedded lab and the server in one JVM, and one run of start-platform asked for and
 * followed over REST. Exit codes: 0 the run SUCCEEDED (or the demo was left with Ctrl-C later), 1
 * it did not, 2 wrong arguments.
 */
public final class DemoApplication {

  private static final String PERSON = "operator";
  private static final Path SERVER_LOG = Path.of("target", "demo-server.log").toAbsolutePath();
  private static final int RUN_LIMIT_MINUTES = 5;
  private static final int FIRST_PORT = 8080;
  private static final int PORTS_TRIED = 100;

  private final DemoOptions options;
  private final Screen screen;
  private final Instant start;
  private final DemoShutdown shutdown;

  private DemoApplication(DemoOptions options, Screen screen, Instant start) {
    this.options = options;
    this.screen = screen;
    this.start = start;
    this.shutdown = new DemoShutdown(screen);
  }

  public static void main(String[] arguments) {
    DemoOptions options;
    try {
      options = DemoOptions.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println("scripts/demo: " + e.getMessage() + "\n" + DemoOptions.USAGE);
      System.exit(2);
      return;
    }
    if (options.help()) {
      System.out.print(DemoOptions.USAGE);
      return;
    }
    Instant now = Clock.systemUTC().instant();
    String began = System.getProperty("runwright.demo.started", "");
    Instant start = began.matches("\\d{13}") ? Instant.ofEpochMilli(Long.parseLong(began)) : now;
    // Until the server has set up its log file, nothing shall write between the demo's lines.
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    System.exit(new DemoApplication(options, Screen.ofThisProcess(), start).run());
  }

  private int run() {
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown::now, "demo-shutdown"));
    try {
      EmbeddedLab lab = shutdown.closing(EmbeddedLab.start());
      tell("four SSH hosts are up: db1, app1, lb1, crm1; all their services are stopped");
      options
          .broken()
          .ifPresent(
              service -> {
                lab.breakService(service);
                tell("the " + service + " is broken: it will not start");
              });
      URI server = startServer(lab);
      tell("the server is up: " + server);
      boolean succeeded = startPlatform(server);
      if (!options.once()) {
        Closing.print(screen, server, lab, SERVER_LOG);
        new CountDownLatch(1).await();
      }
      return succeeded ? 0 : 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    } catch (Exception e) {
      screen.status("");
      screen.line(screen.bad() + " " + reason(e));
      screen.line("  the server's log: " + SERVER_LOG);
      return 1;
    } finally {
      shutdown.now();
    }
  }

  private URI startServer(EmbeddedLab lab) throws IOException {
    int port = port();
    screen.status("            " + screen.running() + " starting the server");
    Files.deleteIfExists(SERVER_LOG);
    List<String> settings = new ArrayList<>();
    lab.settings().forEach((key, value) -> settings.add("--" + key + "=" + value));
    settings.addAll(
        List.of(
            "--server.port=" + port,
            "--server.address=127.0.0.1",
            "--server.shutdown=immediate",
            "--runwright.access.demo-users=true",
            "--spring.main.banner-mode=off",
            "--logging.threshold.console=OFF",
            "--logging.file.name=" + SERVER_LOG));
    SpringApplication application = new SpringApplication(Runwright.class);
    application.setRegisterShutdownHook(false);
    shutdown.closing(application.run(settings.toArray(new String[0])));
    screen.status("");
    return URI.create("http://127.0.0.1:" + port);
  }

  private boolean startPlatform(URI server) throws Exception {
    RestClient client = new RestClient(server, PERSON, PERSON);
    String id = client.run("start-platform", "The demo shows how a platform is started");
    tell(PERSON + " asks for start-platform: run " + id);
    RunProgress progress = new RunProgress(screen, start);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      JsonNode run =
          thread
              .submit(() -> client.follow(id, progress::show))
              .get(RUN_LIMIT_MINUTES, TimeUnit.MINUTES);
      return tellOutcome(run);
    } catch (TimeoutException e) {
      throw new IOException("the run had not ended after " + RUN_LIMIT_MINUTES + " minutes", e);
    } finally {
      thread.shutdownNow();
    }
  }

  private boolean tellOutcome(JsonNode run) {
    String state = run.path("state").asText();
    boolean succeeded = state.equals("SUCCEEDED");
    screen.line("");
    screen.line(
        (succeeded ? screen.good() : screen.bad())
            + " "
            + state
            + " in "
            + RunProgress.duration(run).strip()
            + (run.hasNonNull("message") ? ": " + run.path("message").asText() : ""));
    if (!succeeded) {
      screen.line("  the server's log: " + SERVER_LOG);
    }
    return succeeded;
  }

  private void tell(String text) {
    Duration elapsed = Duration.between(start, Clock.systemUTC().instant());
    screen.line(RunProgress.seconds(elapsed) + "  " + text);
  }

  private int port() throws IOException {
    if (options.port().isPresent()) {
      int wanted = options.port().getAsInt();
      if (!isFree(wanted)) {
        throw new IOException("port " + wanted + " is taken; choose another with --port");
      }
      return wanted;
    }
    for (int port = FIRST_PORT; port < FIRST_PORT + PORTS_TRIED; port++) {
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no free port from " + FIRST_PORT + " on; choose one with --port");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static String reason(Exception e) {
    Throwable cause = e;
    while ((cause instanceof ExecutionException || cause.getMessage() == null)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
  }
}
