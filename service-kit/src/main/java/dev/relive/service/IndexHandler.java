package dev.relive.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

/** A page of links to all other pages. */
final class IndexHandler implements HttpHandler {

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <title>Relive</title>
      <ul>
      %s</ul>
      </html>
      """;

  private static final String LINK =
      """
      <li><a href="%1$s">%1$s</a> %2$s
      """;

  private final Map<String, String> titles;

  /**
   * @param titles by path; may grow later
   */
  IndexHandler(Map<String, String> titles) {
    this.titles = titles;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String links =
        titles.entrySet().stream()
            .map(each -> LINK.formatted(each.getKey(), each.getValue()))
            .collect(Collectors.joining());
    HttpAnswer.send(
        exchange, 200, "text/html; charset=utf-8", PAGE.formatted(links).getBytes(UTF_8));
  }
}
