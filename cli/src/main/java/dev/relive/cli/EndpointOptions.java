package dev.relive.cli;

import picocli.CommandLine.Option;

/** Where the page, metrics and health can be asked for, and on which port unless stated. */
abstract class EndpointOptions {

  @Option(
      names = "--http-host",
      paramLabel = "HOST",
      description = "The address of the page, /metrics and /health; 0.0.0.0 opens them to all.")
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
  private EndpointOptions(int usualPort) {
    httpPort = Port.usual(usualPort);
  }

  final Endpoint endpoint() {
    return new Endpoint(httpHost, httpPort);
  }

  /** Of a process with a learner. */
  static final class OfLearner extends EndpointOptions {
    OfLearner() {
      super(9_464);
    }
  }

  /** Of a producer. */
  static final class OfProducer extends EndpointOptions {
    OfProducer() {
      super(9_465);
    }
  }

  /** Of a broker. */
  static final class OfBroker extends EndpointOptions {
    OfBroker() {
      super(9_467);
    }
  }

  /** Of an evaluator. */
  static final class OfEvaluator extends EndpointOptions {
    OfEvaluator() {
      super(9_466);
    }
  }
}
