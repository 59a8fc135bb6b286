package org.runwright.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.runwright.access.Person;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who is logged in. */
@RestController
@Tag(name = "Me")
class MeController {

  /** A person, and what their browser needs to ask for changes. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Me(
      String name,
      Collection<String> groups,
      @Schema(
              description =
                  "Only for the session of a browser: send it with everything but GET, in this"
                      + " header")
          @Nullable Csrf csrf) {}

  /** The token against forged requests. */
  record Csrf(@Schema(example = "X-CSRF-TOKEN") String header, String token) {}

  @GetMapping(path = "/api/me", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(operationId = "whoAmI", summary = "Who you are")
  @ApiResponse(responseCode = "200", description = "With your groups")
  Me me(@AuthenticationPrincipal Person person, HttpServletRequest request) {
    Csrf csrf = null;
    if (request.getSession(false) != null
        && request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
      csrf = new Csrf(token.getHeaderName(), token.getToken());
    }
    return new Me(person.name(), new TreeSet<>(person.groups()), csrf);
  }
}
