package dev.relive.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** All metrics, in the text format of Prometheus or of OpenMetrics as the client accepts. */
final class MetricsHandler implements HttpHandler {

  private static final int USUAL_BYTES = 64 << 10;

  private final PrometheusRegistry registry;
  private final ExpositionFormats formats = ExpositionFormats.init();

  MetricsHandler(PrometheusRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String accepted = exchange.getRequestHeaders().getFirst("Accept");
    ExpositionFormatWriter writer = writer(accepted);
    EscapingScheme escaping = EscapingScheme.fromAcceptHeader(accepted);
    ByteArrayOutputStream body = new ByteArrayOutputStream(USUAL_BYTES);
    writer.write(body, registry.scrape(), escaping);
    HttpAnswer.send(
        exchange, 200, writer.getContentType() + escaping.toHeaderFormat(), body.toByteArray());
  }

  /** A Prometheus asks for its binary format first, and is content with text. */
  private ExpositionFormatWriter writer(@Nullable String accepted) {
    ExpositionFormatWriter openMetrics = formats.getOpenMetricsTextFormatWriter();
    return openMetrics.accepts(accepted) ? openMetrics : formats.getPrometheusTextFormatWriter();
  }
}
