package org.runwright.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Headers of pages; Camunda's set their own, and its scripts of megabytes are to be cached. */
class PageHeaders implements HeaderWriter {

  private static final String POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

  private final RequestMatcher camunda;
  private final HeaderWriter policy = new ContentSecurityPolicyHeaderWriter(POLICY);
  private final HeaderWriter noCache = new CacheControlHeadersWriter();

  PageHeaders(RequestMatcher camunda) {
    this.camunda = camunda;
  }

  @Override
  public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
    if (!camunda.matches(request)) {
      policy.writeHeaders(request, response);
      noCache.writeHeaders(request, response);
    }
  }
}
