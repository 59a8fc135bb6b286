package org.runwright.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.runwright.access.Doors;

/** The interface is what docs/openapi.json says. */
class OpenApiTest extends ApiTest {

  private static final Path COMMITTED = Path.of("docs", "openapi.json");
  private static final String WRITE = "openapi.write";

  @Test
  void the_committed_description_is_the_generated_one() throws IOException {
    HttpResponse<String> answer = as("viewer").get("/v3/api-docs");
    assertThat(answer.statusCode()).isEqualTo(200);
    String generated = pretty(answer.body());
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(COMMITTED, generated);
    }

    assertThat(Files.readString(COMMITTED))
        .as(
            "docs/openapi.json is not what the code says; if that is meant, write it anew with:"
                + " mvn test -Dtest=OpenApiTest -Dopenapi.write=true")
        .isEqualTo(generated);
  }

  @Test
  void every_call_tells_who_is_refused_and_every_body_what_it_is() {
    JsonNode api = parse(as("viewer").get("/v3/api-docs").body());

    api.path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fields()
                    .forEachRemaining(
                        call -> {
                          String name = call.getKey() + " " + path.getKey();
                          assertThat(call.getValue().path("summary").asText())
                              .as(name)
                              .isNotBlank();
                          assertThat(call.getValue().path("responses").has("401"))
                              .as(name)
                              .isTrue();
                        }));
    assertThat(api.path("components").path("schemas").has("Problem")).isTrue();
    assertThat(api.path("components").path("schemas").has("Person")).isFalse();
  }

  @Test
  void swagger_shows_it() {
    assertThat(as("viewer").get("/swagger-ui/index.html").statusCode())
        .as("pages are for those who logged in by the form")
        .isEqualTo(302);
    assertThat(Doors.browser(port, "viewer").get("/swagger-ui/index.html").body())
        .contains("swagger-ui");
  }

  private static String pretty(String json) throws IOException {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    DefaultIndenter indent = new DefaultIndenter("  ", "\n");
    printer.indentObjectsWith(indent);
    printer.indentArraysWith(indent);
    ObjectMapper mapper = new ObjectMapper();
    return mapper.writer(printer).writeValueAsString(mapper.readTree(json)) + "\n";
  }
}
