package org.runwright.access;

import java.util.Optional;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

/** A person whose password was right; holds no password. */
class LoggedIn extends AbstractAuthenticationToken {

  private static final long serialVersionUID = 1L;

  private final transient Person person;

  LoggedIn(Person person) {
    super(AuthorityUtils.createAuthorityList(person.groups()));
    this.person = person;
    setAuthenticated(true);
  }

  static Optional<Person> person() {
    Authentication current = SecurityContextHolder.getContext().getAuthentication();
    return current instanceof LoggedIn loggedIn ? Optional.of(loggedIn.person) : Optional.empty();
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public Person getPrincipal() {
    return person;
  }

  @Override
  public String getName() {
    return person.name();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LoggedIn that && person.equals(that.person);
  }

  @Override
  public int hashCode() {
    return person.hashCode();
  }
}
