package dev.relive.cli;

import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import dev.relive.learner.Algorithm;
import dev.relive.log.Settings;
import dev.relive.service.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to learn, and how. */
final class TaskOptions {

  private static final int DRAWN_SEEDS = 1_000_000_000;

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
  String algorithm = Algorithm.DOUBLE_DQN.id();

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
  long steps = RunSettings.defaultSteps();

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

  @Option(
      names = "--result",
      paramLabel = "FILE",
      description = "Write how it ended to this file, as JSON.")
  @Nullable Path result;

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

  /** What hours of training end with is not lost to a mistyped directory. */
  void checkResult() {
    if (result != null) {
      Path directory = result.toAbsolutePath().getParent();
      if (Files.isDirectory(result) || directory == null || !Files.isWritable(directory)) {
        throw new InvalidOption("--result", result, "a file in a directory that can be written to");
      }
    }
  }

  /** The environment with its options. */
  EnvironmentSpec environment() {
    try {
      return Environments.spec(environment, environmentOptions);
    } catch (IllegalArgumentException e) {
      throw new UserException(String.valueOf(e.getMessage()), ExitCode.USAGE, e);
    }
  }

  /** All settings of the run. */
  Settings settings(FlowOptions flow) {
    InvalidOption.unlessWithin("--steps", steps, 1, Long.MAX_VALUE);
    if (!algorithm.equals(Algorithm.DOUBLE_DQN.id())) {
      throw new InvalidOption("--algorithm", algorithm, Algorithm.DOUBLE_DQN.id());
    }
    Settings all = RunSettings.of(steps, flow, settings);
    var unused = Algorithm.DOUBLE_DQN.settings(all, false); // Checks them together.
    return all;
  }

  /** The seed stated, or a drawn one that is short enough to be typed again. */
  long seed() {
    if (seed == null) {
      return new SecureRandom().nextInt(DRAWN_SEEDS);
    }
    InvalidOption.unlessWithin("--seed", seed, 0, Long.MAX_VALUE);
    return seed;
  }

  DeviceChoice deviceChoice() {
    return DeviceChoice.valueOf(device.name());
  }
}
