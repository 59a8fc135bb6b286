package org.runwright.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Set;
import org.springframework.http.HttpHeaders;

/**
 * Which requests another web site could have made a person's browser send, and so must carry the
 * token that only our own pages know.
 */
final class ForgeryRules {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private ForgeryRules() {}

  /**
   * For paths that take HTTP Basic only: browsers send remembered Basic passwords along, so what
   * comes from another origin is not trusted. Tools send no Origin.
   */
  static boolean withBasic(HttpServletRequest request) {
    return changes(request) && fromElsewhere(request);
  }

  /** For paths that also take the browser's session, which needs the token always. */
  static boolean withBasicOrSession(HttpServletRequest request) {
    boolean bySession =
        request.getHeader(HttpHeaders.AUTHORIZATION) == null && request.getSession(false) != null;
    return changes(request) && (bySession || fromElsewhere(request));
  }

  private static boolean changes(HttpServletRequest request) {
    return !SAFE.contains(request.getMethod());
  }

  private static boolean fromElsewhere(HttpServletRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin == null) {
      return false;
    }
    try {
      URI uri = URI.create(origin);
      return !request.getServerName().equalsIgnoreCase(uri.getHost())
          || request.getServerPort() != port(uri);
    } catch (IllegalArgumentException notAnOrigin) {
      return true;
    }
  }

  private static int port(URI origin) {
    if (origin.getPort() > 0) {
      return origin.getPort();
    }
    return "https".equals(origin.getScheme()) ? 443 : 80;
  }
}
