package dev.relive.cli;

import picocli.CommandLine.Option;

/** Where metrics and health can be asked for. */
final class EndpointOptions {

  @Option(
      names = "--http-host",
      paramLabel = "HOST",
      description = "The address that /metrics and /health listen on; 0.0.0.0 opens them to all.")
  String httpHost = "127.0.0.1";

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      converter = Port.Converter.class,
      description = "Their port; 0 takes a free one, and so does a usual port that is taken.")
  Port httpPort;

  /**
   * @param usualPort taken where none is stated
   */
  EndpointOptions(int usualPort) {
    httpPort = Port.usual(usualPort);
  }

  Endpoint endpoint() {
    return new Endpoint(httpHost, httpPort);
  }
}
