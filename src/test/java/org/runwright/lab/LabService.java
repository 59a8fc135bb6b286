package org.runwright.lab;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.runwright.lab.service.Application;
import org.runwright.lab.service.Crm;
import org.runwright.lab.service.Database;
import org.runwright.lab.service.Network;

/** The services of the lab, in an order in which they can start, and what each needs. */
enum LabService {
  DATABASE("db", "db1", Database.class, List.of()),
  APPLICATION("app", "app1", Application.class, List.of(DATABASE)),
  NETWORK("lb", "lb1", Network.class, List.of(APPLICATION)),
  CRM("crm", "crm1", Crm.class, List.of(NETWORK, DATABASE));

  private final String group;
  private final String host;
  private final Class<?> mainClass;
  private final List<LabService> needs;

  LabService(String group, String host, Class<?> mainClass, List<LabService> needs) {
    this.group = group;
    this.host = host;
    this.mainClass = mainClass;
    this.needs = needs;
  }

  static LabService named(String name) {
    for (LabService service : values()) {
      if (service.label().equals(name)) {
        return service;
      }
    }
    throw new IllegalArgumentException("the lab has no service " + name);
  }

  /** The name in services.yml and for svc. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  String group() {
    return group;
  }

  String host() {
    return host;
  }

  Class<?> mainClass() {
    return mainClass;
  }

  List<LabService> needs() {
    return needs;
  }

  /** The service whose port this one is told, to connect to. */
  Optional<LabService> upstream() {
    return needs.stream().findFirst();
  }
}
