package org.runwright.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What /v3/api-docs tells beside the calls themselves. */
@Configuration(proxyBeanMethods = false)
class OpenApiDescription {

  private static final String BASIC = "basic";
  private static final String PROBLEM = "application/problem+json";

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Runwright")
                .version("1")
                .description(
                    "Runbooks, their runs and approvals. Errors are told as RFC 9457 problem"
                        + " details. Times are UTC, ISO 8601; durations ISO 8601."))
        .components(
            new Components()
                .addSecuritySchemes(
                    BASIC, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic")))
        .addSecurityItem(new SecurityRequirement().addList(BASIC));
  }

  /** Errors that every call can answer with, and none of what depends on where it runs. */
  @Bean
  OpenApiCustomizer sameEverywhere() {
    return api -> {
      api.setServers(List.of(new Server().url("/")));
      api.getPaths()
          .forEach(
              (path, item) ->
                  item.readOperations()
                      .forEach(
                          operation -> {
                            ApiResponses responses = operation.getResponses();
                            add(responses, "401", "Not logged in");
                            add(responses, "403", "None of your groups may do this");
                            if (path.contains("{")) {
                              add(responses, "404", "There is none of that id");
                            }
                            if (operation.getParameters() != null) {
                              add(responses, "400", "A parameter is malformed");
                            }
                            if (operation.getRequestBody() != null) {
                              add(responses, "400", "The body is not JSON of this form");
                              add(responses, "413", "The body is longer than 1 MiB");
                              add(responses, "422", "A field is wrong, each named in `errors`");
                            }
                            responses.forEach((status, response) -> problem(status, response));
                          }));
    };
  }

  private static void add(ApiResponses responses, String status, String description) {
    responses.putIfAbsent(status, new ApiResponse().description(description));
  }

  private static void problem(String status, ApiResponse response) {
    if (status.startsWith("4")) {
      response.setContent(
          new Content()
              .addMediaType(
                  PROBLEM,
                  new MediaType().schema(new Schema<>().$ref("#/components/schemas/Problem"))));
    }
  }
}
