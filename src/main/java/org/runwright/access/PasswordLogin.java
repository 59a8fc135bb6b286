package org.runwright.access;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** Logs people in by name and password, from a form or from HTTP Basic. */
@Component
class PasswordLogin implements AuthenticationProvider {

  private final People people;

  PasswordLogin(People people) {
    this.people = people;
  }

  @Override
  public Authentication authenticate(Authentication given) {
    String password = String.valueOf(given.getCredentials());
    return people
        .authenticate(given.getName(), password)
        .map(LoggedIn::new)
        .orElseThrow(() -> new BadCredentialsException("name or password is wrong"));
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }
}
