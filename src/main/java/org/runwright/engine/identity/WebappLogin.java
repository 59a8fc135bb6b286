package org.runwright.engine.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationProvider;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;
import org.runwright.access.CurrentPerson;
import org.runwright.access.Person;

/**
 * Tells Camunda's pages who has logged in, so that they do not ask again. Public because Camunda
 * makes it by its class name.
 */
public class WebappLogin implements AuthenticationProvider {

  @Override
  public AuthenticationResult extractAuthenticatedUser(
      HttpServletRequest request, ProcessEngine engine) {
    return CurrentPerson.find()
        .map(WebappLogin::successful)
        .orElseGet(AuthenticationResult::unsuccessful);
  }

  @Override
  public void augmentResponseByAuthenticationChallenge(
      HttpServletResponse response, ProcessEngine engine) {
    // Who is not logged in has been sent to the login page before.
  }

  private static AuthenticationResult successful(Person person) {
    AuthenticationResult result = AuthenticationResult.successful(person.name());
    result.setGroups(List.copyOf(person.groups()));
    result.setTenants(List.of());
    return result;
  }
}
