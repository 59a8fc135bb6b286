package org.runwright.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Someone at one of the server's doors: a tool with HTTP Basic, or a browser with its cookies. */
public final class Doors {

  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  private final int port;
  private final CookieManager cookies = new CookieManager();
  private final HttpClient client =
      HttpClient.newBuilder().cookieHandler(cookies).connectTimeout(Duration.ofSeconds(5)).build();
  private String authorization = "";

  private Doors(int port) {
    this.port = port;
  }

  public static Doors nobody(int port) {
    return new Doors(port);
  }

  public static Doors tool(int port, String name, String password) {
    Doors doors = new Doors(port);
    String pair = name + ":" + password;
    doors.authorization =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return doors;
  }

  /** One of the people of the demo, whose password is the name. */
  public static Doors tool(int port, String name) {
    return tool(port, name, name);
  }

  public static Doors browser(int port, String name) {
    Doors doors = new Doors(port);
    doors.logIn(name, name);
    return doors;
  }

  public HttpResponse<String> logIn(String name, String password) {
    return post(
        "/login",
        "_csrf=%s&username=%s&password=%s".formatted(enc(loginToken()), enc(name), enc(password)),
        Map.of("Content-Type", "application/x-www-form-urlencoded"));
  }

  private String loginToken() {
    Matcher token = TOKEN.matcher(get("/login").body());
    if (!token.find()) {
      throw new AssertionError("no token in the login page");
    }
    return token.group(1);
  }

  public HttpResponse<String> get(String path) {
    return send("GET", path, "", Map.of());
  }

  public HttpResponse<String> get(String path, Map<String, String> headers) {
    return send("GET", path, "", headers);
  }

  public HttpResponse<String> post(String path, String json) {
    return post(path, json, Map.of());
  }

  public HttpResponse<String> post(String path, String body, Map<String, String> headers) {
    return send("POST", path, body, headers);
  }

  public HttpResponse<String> send(
      String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!headers.containsKey("Content-Type")) {
      request.setHeader("Content-Type", "application/json");
    }
    if (!authorization.isEmpty()) {
      request.setHeader("Authorization", authorization);
    }
    headers.forEach(request::setHeader);
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The header that Camunda's pages send with each change. */
  public Map<String, String> camundaToken() {
    get("/camunda/app/tasklist/default/");
    return Map.of("X-XSRF-TOKEN", cookie("XSRF-TOKEN"));
  }

  public String cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(cookie -> cookie.getValue())
        .findFirst()
        .orElse("");
  }

  private static String enc(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The value of an answer's header; empty if it has none. */
  static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
