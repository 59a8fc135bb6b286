package org.runwright.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.csrf.CsrfException;

/** A login page that was open for longer than its session is shown again, not refused. */
class StaleLoginPage implements AccessDeniedHandler {

  private final AccessDeniedHandler otherwise = new AccessDeniedHandlerImpl();

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
      throws IOException, ServletException {
    if (cause instanceof CsrfException && request.getRequestURI().endsWith("/login")) {
      response.sendRedirect(request.getContextPath() + "/login?expired");
    } else {
      otherwise.handle(request, response, cause);
    }
  }
}
