package dev.relive.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;

/** Sends a whole answer, without its body where only the head was asked for. */
public final class HttpAnswer {

  private HttpAnswer() {}

  /** Sends a sentence as plain text. */
  public static void sendSentence(HttpExchange exchange, int status, String sentence)
      throws IOException {
    send(exchange, status, "text/plain; charset=utf-8", (sentence + "\n").getBytes(UTF_8));
  }

  /** Sends a body that the browser is to ask for again each time. */
  public static void send(HttpExchange exchange, int status, String contentType, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
