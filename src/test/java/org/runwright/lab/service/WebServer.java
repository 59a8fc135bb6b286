package org.runwright.lab.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** What the HTTP services share: a server on loopback, and a GET with time limits. */
final class WebServer {

  private static final int LIMIT_MILLIS = 3000;

  private WebServer() {}

  /** Serves until the process ends; an answer is made from the request's path. */
  static void serve(String name, int port, Function<String, Answer> answers) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.setExecutor(Executors.newFixedThreadPool(8));
    server.createContext(
        "/", exchange -> send(exchange, answers.apply(exchange.getRequestURI().getPath())));
    server.start();
    System.out.println(name + ": listening on port " + port);
  }

  /** The answer of a GET; 502 with the reason if there is none. */
  static Answer get(String url) {
    try {
      HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
      connection.setConnectTimeout(LIMIT_MILLIS);
      connection.setReadTimeout(LIMIT_MILLIS);
      int status = connection.getResponseCode();
      try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        byte[] bytes = body == null ? new byte[0] : body.readAllBytes();
        return new Answer(status, new String(bytes, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      return new Answer(502, "no answer from " + url + ": " + e.getMessage());
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = (answer.body() + "\n").getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Status and text of an HTTP answer. */
  record Answer(int status, String body) {

    boolean isOk() {
      return status == 200;
    }
  }
}
