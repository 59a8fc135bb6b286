package org.runwright.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a change of groups, and the removal of a person, take effect in sessions that are open: who
 * is remembered by the session is looked up again for every request.
 */
class StillKnown extends OncePerRequestFilter {

  private final People people;

  StillKnown(People people) {
    this.people = people;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Person> remembered = LoggedIn.person();
    if (remembered.isPresent()) {
      Optional<Person> known = people.find(remembered.get().name());
      if (known.isEmpty()) {
        forget(request);
      } else if (!known.equals(remembered)) {
        SecurityContext fresh = SecurityContextHolder.createEmptyContext();
        fresh.setAuthentication(new LoggedIn(known.get()));
        SecurityContextHolder.setContext(fresh);
      }
    }
    chain.doFilter(request, response);
  }

  private static void forget(HttpServletRequest request) {
    SecurityContextHolder.clearContext();
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
  }
}
