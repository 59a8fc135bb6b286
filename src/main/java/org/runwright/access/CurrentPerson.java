package org.runwright.access;

import java.util.Optional;

/** Who sends the HTTP request that this thread serves. */
public final class CurrentPerson {

  private CurrentPerson() {}

  /** Empty outside of a request, and in one that nobody logged in for. */
  public static Optional<Person> find() {
    return LoggedIn.person();
  }
}
