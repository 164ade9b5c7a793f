package dev.relive.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.function.Supplier;

/** A health report as JSON, with status 200 when all is well and 503 when not. */
final class HealthHandler implements HttpHandler {

  private final Supplier<HealthReport> reports;

  HealthHandler(Supplier<HealthReport> reports) {
    this.reports = reports;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    HealthReport report = reports.get();
    int status = report.passed() ? 200 : 503;
    HttpAnswer.send(exchange, status, "application/json", report.toJson().getBytes(UTF_8));
  }
}
