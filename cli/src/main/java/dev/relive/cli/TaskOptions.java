package dev.relive.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to learn, and how. */
final class TaskOptions {

  static final String DEFAULT_ENVIRONMENT = "CartPole-v1";
  static final String DEFAULT_ALGORITHM = "double-dqn";

  @Option(
      names = {"-e", "--environment"},
      paramLabel = "ID",
      description = "What to learn.")
  @UsualValue(DEFAULT_ENVIRONMENT)
  @Nullable String environment;

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
      description = "How to learn it: double-dqn or actor-critic.")
  @UsualValue(DEFAULT_ALGORITHM)
  @Nullable String algorithm;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      split = ";",
      hideParamSyntax = true,
      description = "A setting of the algorithm, as listed below; can be repeated.")
  Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--lead",
      paramLabel = "VERSIONS",
      description =
          "How many versions behind the newest a producer may act, corrected for; actor-critic"
              + " alone.")
  @RunSetting("actor-critic.lead")
  @Nullable Integer lead;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps after which to give up when it is not solved.")
  @RunSetting("schedule.steps")
  @Nullable Long steps;

  @Option(
      names = {"-s", "--seed"},
      paramLabel = "N",
      description = "All randomness of the run follows from it.")
  @UsualValue("drawn")
  @Nullable Long seed;

  @Option(
      names = "--deterministic",
      arity = "0..1",
      fallbackValue = "true",
      description = "One seed gives one log and the same weights bit by bit, but slower.")
  boolean deterministic;

  @Option(
      names = "--label",
      paramLabel = "TEXT",
      description = "A name for the run, to find it again by.")
  @Nullable String label;
}
