package dev.relive.cli.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.relive.service.HttpAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;

/**
 * Sends events for as long as the browser listens. One that reads slowly holds a thread and a
 * single event, whatever happens meanwhile: events must be such that a later one makes up for those
 * that were left out.
 */
final class EventStream implements HttpHandler {

  private static final String MILLISECONDS_TO_TRY_AGAIN = "retry: 2000\n\n";

  private final Supplier<Flux<ServerEvent>> events;
  private final Semaphore room;

  /**
   * @param events of one browser
   * @param most browsers that may listen at a time
   */
  EventStream(Supplier<Flux<ServerEvent>> events, int most) {
    this.events = events;
    room = new Semaphore(most);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    if (!room.tryAcquire()) {
      HttpAnswer.sendSentence(exchange, 503, "Too many pages are open already.");
      return;
    }
    try {
      send(exchange);
    } finally {
      room.release();
    }
  }

  private void send(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    write(out, MILLISECONDS_TO_TRY_AGAIN);
    try (Stream<ServerEvent> waiting = events.get().toStream(1)) {
      Iterator<ServerEvent> each = waiting.iterator();
      while (each.hasNext()) {
        write(out, each.next().text());
      }
      out.close();
    } catch (IOException e) {
      // The browser has gone; its events end with the stream.
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
    out.flush();
  }
}
