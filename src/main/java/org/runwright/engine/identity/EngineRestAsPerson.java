package org.runwright.engine.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.runwright.access.CurrentPerson;
import org.runwright.access.Person;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** What is asked of {@code /engine-rest} is done with the rights of who asks, or not at all. */
class EngineRestAsPerson extends OncePerRequestFilter {

  private final IdentityService identity;

  EngineRestAsPerson(IdentityService identity) {
    this.identity = identity;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Person> person = CurrentPerson.find();
    if (person.isEmpty()) {
      response.sendError(HttpStatus.UNAUTHORIZED.value());
      return;
    }
    identity.setAuthentication(person.get().name(), List.copyOf(person.get().groups()));
    try {
      chain.doFilter(request, response);
    } finally {
      identity.clearAuthentication();
    }
  }
}
