package org.runwright.access;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.util.HtmlUtils;

/** The one login for all pages; plain HTML, works without scripts. */
@Controller
class LoginPage {

  private final String page = page();

  @GetMapping(path = "/login", produces = MediaType.TEXT_HTML_VALUE)
  @ResponseBody
  String show(HttpServletRequest request, CsrfToken token) {
    return page.replace("{{notice}}", notice(request))
        .replace("{{csrf-name}}", HtmlUtils.htmlEscape(token.getParameterName()))
        .replace("{{csrf-token}}", HtmlUtils.htmlEscape(token.getToken()));
  }

  private static String notice(HttpServletRequest request) {
    if (request.getParameter("error") != null) {
      return notice(
          "error", "Name or password is wrong. After a wrong password, wait some seconds.");
    }
    if (request.getParameter("loggedOut") != null) {
      return notice("status", "You are logged out.");
    }
    if (request.getParameter("expired") != null) {
      return notice("status", "The page was open for too long. Please log in again.");
    }
    return "";
  }

  private static String notice(String kind, String text) {
    return "<p class=\"%s\" role=\"%s\">%s</p>"
        .formatted(kind, kind.equals("error") ? "alert" : "status", text);
  }

  private static String page() {
    try {
      return new ClassPathResource("login.html", LoginPage.class)
          .getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the login page is missing from the jar", e);
    }
  }
}
