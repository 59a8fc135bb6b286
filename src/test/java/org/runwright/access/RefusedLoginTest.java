package org.runwright.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins that are refused, at the form and at the doors of tools. */
class RefusedLoginTest extends DemoServerTest {

  @Test
  void the_form_tells_that_name_or_password_is_wrong() {
    Doors browser = Doors.nobody(port);

    HttpResponse<String> answer = browser.logIn("nobody", "wrong");

    assertThat(Doors.header(answer, "Location")).endsWith("/login?error");
    assertThat(browser.get("/login?error").body()).contains("Name or password is wrong");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "; touch pwned", "$(id)", "a'b\"c", "adm\nin", "a\u0000b", "Admin", "%"})
  void odd_names_are_wrong_names(String name) {
    HttpResponse<String> answer = Doors.nobody(port).logIn(name, "x");

    assertThat(Doors.header(answer, "Location")).endsWith("/login?error");
  }

  @Test
  void a_name_of_a_megabyte_is_refused() {
    assertThat(Doors.nobody(port).logIn("a".repeat(1 << 20), "x").statusCode()).isIn(302, 400, 413);
    assertThat(Doors.tool(port, "viewer", "x".repeat(5_000)).get("/v3/api-docs").statusCode())
        .isEqualTo(401);
  }

  @Test
  void a_login_page_left_open_is_shown_again() {
    HttpResponse<String> answer =
        Doors.nobody(port)
            .post(
                "/login",
                "_csrf=old&username=viewer&password=viewer",
                Map.of("Content-Type", "application/x-www-form-urlencoded"));

    assertThat(Doors.header(answer, "Location")).endsWith("/login?expired");
  }
}
