package dev.relive.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses what a page does not answer, and answers for one that fails. */
final class GuardedHandler implements HttpHandler {

  private static final Logger LOGGER = LoggerFactory.getLogger(GuardedHandler.class);

  private static final int NOT_ANSWERED = -1;

  private final String path;
  private final Semaphore capacity;
  private final HttpHandler page;

  GuardedHandler(String path, Semaphore capacity, HttpHandler page) {
    this.path = path;
    this.capacity = capacity;
    this.page = page;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      if (!isMine(exchange.getRequestURI().getPath())) {
        HttpAnswer.sendSentence(exchange, 404, "There is no such page.");
      } else if (!isReading(exchange.getRequestMethod())) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        HttpAnswer.sendSentence(exchange, 405, "Only GET and HEAD are answered.");
      } else if (!capacity.tryAcquire()) {
        HttpAnswer.sendSentence(exchange, 503, "Too many requests are being answered.");
      } else {
        try {
          page.handle(exchange);
        } finally {
          capacity.release();
        }
      }
    } catch (RuntimeException e) {
      LOGGER.error("The page {} failed", path, e);
      if (exchange.getResponseCode() == NOT_ANSWERED) {
        HttpAnswer.sendSentence(exchange, 500, "The page failed: " + e + ".");
      }
    } finally {
      exchange.close();
    }
  }

  /** A path that ends with a slash stands for all below it, but the index for itself alone. */
  private boolean isMine(String requested) {
    return requested.equals(path) || (path.length() > 1 && path.endsWith("/"));
  }

  private static boolean isReading(String method) {
    return method.equals("GET") || method.equals("HEAD");
  }
}
