package org.runwright.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.runwright.access.Person;
import org.runwright.run.Drain;
import org.runwright.run.RunNode;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What administrators do to a server. */
@RestController
@RequestMapping(path = "/api/admin", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Administration")
class AdminController {

  private final Drain drain;
  private final String node;

  AdminController(Drain drain, RunNode node) {
    this.drain = drain;
    this.node = node.id();
  }

  /** The server that is being drained. */
  record Draining(String node) {}

  @PostMapping("/drain")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      operationId = "drainServer",
      summary = "End this server in good order",
      description =
          "It takes nothing new, hands its steps over and exits; the commands run on. Other servers"
              + " go on with them, or this one at its next start. SIGTERM does the same. For"
              + " administrators.")
  @ApiResponse(responseCode = "202", description = "It is being drained")
  Draining drain(@AuthenticationPrincipal Person person) {
    drain.begin(person);
    return new Draining(node);
  }
}
