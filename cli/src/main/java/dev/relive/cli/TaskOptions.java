package dev.relive.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to learn, and how. */
final class TaskOptions {

  @Option(
      names = {"-e", "--environment"},
      paramLabel = "ID",
      description = "What to learn.")
  String environment = "CartPole-v1";

  @Option(
      names = "--environment-option",
      paramLabel = "NAME=VALUE",
      split = ";",
      hideParamSyntax = true,
      description = "An option of the environment; can be repeated.")
  Map<String, String> environmentOptions = new LinkedHashMap<>();

  @Option(
      names = {"-a", "--algorithm"},
      paramLabel = "NAME",
      description = "How to learn it.")
  String algorithm = "double-dqn";

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      split = ";",
      hideParamSyntax = true,
      description = "A hyperparameter of the algorithm; can be repeated.")
  Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps after which to give up when it is not solved.")
  long steps = 200_000;

  @Option(
      names = {"-s", "--seed"},
      paramLabel = "N",
      description = "All randomness follows from it; without one, it is drawn and shown.")
  @Nullable Long seed;

  @Option(
      names = "--label",
      paramLabel = "TEXT",
      description = "A name for the run, to find it again by.")
  String label = "";

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "What computes: ${COMPLETION-CANDIDATES}; auto takes a GPU where there is one.")
  Device device = Device.AUTO;

  /** What computes, as it is written on the command line. */
  enum Device {
    AUTO,
    CPU,
    GPU;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  void check() {
    InvalidOption.unlessWithin("--steps", steps, 1, Long.MAX_VALUE);
  }
}
