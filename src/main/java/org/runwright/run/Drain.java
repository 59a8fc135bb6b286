package org.runwright.run;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.runwright.access.Group;
import org.runwright.access.Person;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * The end of this server in good order, asked for by a person or by SIGTERM: it takes nothing new,
 * hands its steps over and exits, while the commands run on their hosts. Other servers go on with
 * them at once; without others, this one at its next start. Thread-safe.
 */
@Service
public class Drain {

  private static final Logger log = LoggerFactory.getLogger(Drain.class);
  private static final List<String> ADMINS = List.of(Group.ADMIN.id());

  private final ConfigurableApplicationContext server;
  private final AtomicBoolean underWay = new AtomicBoolean();

  Drain(ConfigurableApplicationContext server) {
    this.server = server;
  }

  /**
   * Begins to drain this server; a second call changes nothing.
   *
   * @throws org.runwright.access.Forbidden if the person is no administrator
   */
  public void begin(Person person) {
    person.mustBeInAny(ADMINS, "drain a server");
    if (underWay.compareAndSet(false, true)) {
      log.info("drained by {}", person.name());
      AvailabilityChangeEvent.publish(server, ReadinessState.REFUSING_TRAFFIC);
      Thread end = new Thread(server::close, "drain");
      end.start();
    }
  }

  public boolean underWay() {
    return underWay.get();
  }

  @EventListener
  void closes(ContextClosedEvent event) {
    if (event.getApplicationContext() == server) {
      underWay.set(true);
    }
  }

  void refuseIfUnderWay() {
    if (underWay()) {
      throw new RunRefused(
          RunRefused.Cause.DRAINING,
          "this server is being drained and takes no new runs; ask another one, or this one once it"
              + " is up again");
    }
  }
}
