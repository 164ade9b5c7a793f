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
      description = "Their port; 0 takes a free one.")
  int httpPort = 9464;

  void check() {
    InvalidOption.unlessWithin("--http-port", httpPort, 0, 65_535);
  }
}
