package dev.relive.cli;

import dev.relive.service.Health;
import dev.relive.service.HttpEndpoint;
import dev.relive.service.Metrics;
import dev.relive.service.UserException;
import java.net.BindException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the page, metrics and health are to listen. */
record Endpoint(String host, Port port) {

  private static final Logger LOGGER = LoggerFactory.getLogger(Endpoint.class);

  /**
   * Opens it; where a port is taken that nobody stated, on a free one.
   *
   * @throws UserException if nothing can listen there
   */
  HttpEndpoint open(Metrics metrics, Health health) {
    try {
      return HttpEndpoint.open(host, port.number(), metrics, health);
    } catch (UserException e) {
      if (port.stated() || !(e.getCause() instanceof BindException)) {
        throw e;
      }
      HttpEndpoint other = HttpEndpoint.open(host, 0, metrics, health);
      LOGGER.info("Port {} is taken, so the page, metrics and health are at {}", port, other.uri());
      return other;
    }
  }
}
