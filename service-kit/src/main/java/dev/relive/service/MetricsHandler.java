package dev.relive.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** All metrics, in the text format of Prometheus or of OpenMetrics as the client accepts. */
final class MetricsHandler implements HttpHandler {

  private static final int USUAL_BYTES = 64 << 10;

  private final PrometheusRegistry registry;
  private final ExpositionFormats formats = ExpositionFormats.init();

  /** Completes with the next answer; null before the first one. */
  private @Nullable CompletableFuture<Void> next;

  MetricsHandler(PrometheusRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    CompletableFuture<Void> told = begin();
    String accepted = exchange.getRequestHeaders().getFirst("Accept");
    ExpositionFormatWriter writer = writer(accepted);
    EscapingScheme escaping = EscapingScheme.fromAcceptHeader(accepted);
    ByteArrayOutputStream body = new ByteArrayOutputStream(USUAL_BYTES);
    writer.write(body, registry.scrape(), escaping);
    HttpAnswer.send(
        exchange, 200, writer.getContentType() + escaping.toHeaderFormat(), body.toByteArray());
    told.complete(null);
  }

  /** Returns what completes with this answer. */
  private synchronized CompletableFuture<Void> begin() {
    CompletableFuture<Void> told = next == null ? new CompletableFuture<>() : next;
    next = new CompletableFuture<>();
    return told;
  }

  /** Completes when what the metrics say from now on was told; empty where nobody ever asked. */
  synchronized Optional<CompletableFuture<Void>> next() {
    return Optional.ofNullable(next).map(CompletableFuture::copy);
  }

  /** A Prometheus asks for its binary format first, and is content with text. */
  private ExpositionFormatWriter writer(@Nullable String accepted) {
    ExpositionFormatWriter openMetrics = formats.getOpenMetricsTextFormatWriter();
    return openMetrics.accepts(accepted) ? openMetrics : formats.getPrometheusTextFormatWriter();
  }
}
