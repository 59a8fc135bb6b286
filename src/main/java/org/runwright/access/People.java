package org.runwright.access;

import java.util.Optional;

/** The people who may log in. Kept by the engine, so that Camunda Admin edits the same ones. */
public interface People {

  /** The person, if name and password are right. */
  Optional<Person> authenticate(String name, String password);

  Optional<Person> find(String name);
}
