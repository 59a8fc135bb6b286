package org.runwright.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.runwright.platform.Credential;
import org.runwright.platform.Host;
import org.runwright.secret.Mask;
import org.runwright.secret.SecretFailure;
import org.runwright.secret.Secrets;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Runs commands through {@link Runner} over the {@link Connections}. */
@Component
final class SshRemoteCommands implements RemoteCommands, DisposableBean {

  private static final byte[] NOTHING = {};

  /** For the runner's own steps around a grace: ends, looks, sudo. */
  private static final Duration ENDING = Duration.ofSeconds(15);

  private final SshProperties properties;
  private final Secrets secrets;
  private final Mask mask;
  private final Clock clock;
  private final Connections connections;
  private final Runner runner;

  SshRemoteCommands(SshProperties properties, Secrets secrets, Mask mask, Clock clock) {
    this.properties = properties;
    this.secrets = secrets;
    this.mask = mask;
    this.clock = clock;
    this.connections = new Connections(properties, secrets);
    this.runner = new Runner(properties.stateDirectory(), properties.outputPerLook());
  }

  @Override
  public Observation launch(
      Host host,
      Token token,
      RemoteCommand command,
      Optional<Instant> firstSent,
      Duration patience) {
    Runner.Become become = become(host, command.become());
    // Asked for once the connection stands: the time since the first try has to be true then.
    return ask(host, () -> runner.launch(token, command, become, since(firstSent)), patience)
        .orElseGet(
            () ->
                new Observation(
                    new Observation.Progress.Running(), Offsets.START, NOTHING, NOTHING, false));
  }

  @Override
  public Observation observe(Host host, Token token, Offsets from, Offsets last) {
    return ask(host, () -> runner.observe(token, from, last), properties.commandTimeout())
        .orElseThrow(() -> silent(host, null));
  }

  @Override
  public Observation end(Host host, Token token, boolean become, Duration grace) {
    Runner.Become user = become(host, become);
    return ask(host, () -> runner.end(token, user, grace), grace.plus(ENDING))
        .orElseThrow(() -> silent(host, null));
  }

  private Optional<Duration> since(Optional<Instant> firstSent) {
    return firstSent.map(first -> Duration.between(first, clock.instant()));
  }

  private Runner.Become become(Host host, boolean become) {
    if (!become) {
      return Runner.Become.NOT;
    }
    return host.become()
        .map(b -> new Runner.Become(b.user(), b.password().map(p -> resolve(host, p))))
        .orElse(Runner.Become.NOT);
  }

  private String resolve(Host host, Credential password) {
    try {
      return secrets.resolve(password.text());
    } catch (SecretFailure e) {
      throw SshFailure.notSent("become on " + host.name() + ": " + e.getMessage(), true, e);
    }
  }

  /** Empty if the patience ran out. */
  private Optional<Observation> ask(
      Host host, Supplier<Runner.Question> question, Duration patience) {
    Target target = Target.of(host);
    long begin = System.nanoTime();
    try {
      return once(target, question, patience);
    } catch (Exchange.NotOpened e) {
      // Nothing was asked yet, so asking on another connection is the same question. Where the
      // host kept silent until the connection was given up, it would keep silent again.
      if (System.nanoTime() - begin > properties.keepAlive().toNanos() / 3) {
        throw notOpened(host, e);
      }
      try {
        return once(target, question, patience);
      } catch (Exchange.NotOpened again) {
        throw notOpened(host, again);
      } catch (IOException again) {
        throw silent(host, again);
      }
    } catch (IOException e) {
      throw silent(host, e);
    } catch (Answer.HostProblem e) {
      throw new SshFailure(host.name() + ": " + e.getMessage(), false, e);
    }
  }

  private Optional<Observation> once(
      Target target, Supplier<Runner.Question> asked, Duration patience) throws IOException {
    Link link = connections.lease(target, Lane.Use.REQUEST);
    boolean opened = true;
    try {
      Runner.Question question = asked.get();
      Optional<Exchange.Reply> reply =
          new Exchange(link, connections.timers(), properties.commandTimeout())
              .ask(question.commandLine(), question.stdin(), patience);
      return reply.isEmpty() ? Optional.empty() : Optional.of(whole(reply.get(), question.nonce()));
    } catch (Exchange.NotOpened e) {
      opened = false;
      throw e;
    } finally {
      if (opened && link.usable()) {
        connections.release(link, Lane.Use.REQUEST);
      } else {
        connections.drop(link, Lane.Use.REQUEST);
      }
    }
  }

  private Observation whole(Exchange.Reply reply, String nonce) throws IOException {
    return Answer.parse(reply, nonce, properties.outputPerLook())
        .orElseThrow(
            () ->
                new IOException(
                    "the answer is cut off: "
                        + tail(new String(reply.err(), StandardCharsets.UTF_8))));
  }

  private String tail(String text) {
    String one = mask.apply(text).strip();
    return one.substring(Math.max(0, one.length() - 200));
  }

  private static SshFailure notOpened(Host host, Exchange.NotOpened cause) {
    return SshFailure.notSent(
        host.name() + " does not answer: " + cause.getMessage() + "; try again", false, cause);
  }

  private static SshFailure silent(Host host, @Nullable IOException cause) {
    return new SshFailure(
        "lost the connection to %s%s; what was started there goes on, look again"
            .formatted(host.name(), cause == null ? "" : ": " + cause.getMessage()),
        false,
        cause);
  }

  @Override
  public void destroy() {
    connections.close();
  }
}
