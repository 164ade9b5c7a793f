package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

final class HelpTest {

  private static final CommandLine RELIVE = Commands.commandLine(Map.of());

  @Test
  void isWhatTheCommandAloneShows() {
    CommandRun run = CommandRun.of();

    assertEquals(CommandRun.of("--help"), run);
    assertEquals(ExitCode.SUCCESS, run.exitCode());
    assertEquals("", run.err());
    assertTrue(run.out().matches("(?s).*\n  train +Learn an environment.*"), run.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "train --version", "broker -V"})
  void tellsTheVersions(String arguments) {
    CommandRun run = CommandRun.of(arguments.split(" ", -1));

    assertEquals(ExitCode.SUCCESS, run.exitCode());
    assertTrue(run.out().matches("relive \\d\\S+\nKafka 4\\S+, PyTorch 2\\S+, Java \\d\\S+\n"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void describesEveryOptionWithItsVariable(String command) {
    CommandRun help = help(command);

    assertEquals(ExitCode.SUCCESS, help.exitCode());
    CommandLine described = Commands.find(RELIVE, command);
    for (OptionSpec option : described.getCommandSpec().options()) {
      assertTrue(help.out().contains(option.longestName()), option.longestName());
      assertEquals(1, option.description().length, option.longestName());
      if (EnvironmentVariables.hasVariable(option)) {
        String variable = EnvironmentVariables.nameOf(option);
        assertTrue(help.out().matches("(?s).*[ \\]] *" + variable + "\n.*"), variable);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void fitsTheScreen(String command) {
    CommandRun help = help(command);

    assertTrue(help.out().lines().allMatch(line -> line.length() <= CommandHelp.WIDTH));
  }

  @Test
  void showsDefaults() {
    String help = CommandRun.of("train", "--help").out();

    assertTrue(help.contains("[CartPole-v1] RELIVE_ENVIRONMENT\n"), help);
    assertTrue(help.contains("[.relive] RELIVE_DATA_DIRECTORY\n"), help);
    assertTrue(help.contains("[auto] RELIVE_DEVICE\n"), help);
    assertTrue(help.contains("  -q, --quiet      "), help);
  }

  @Test
  void showsTheSettingsOfEachAlgorithm() {
    String help = help("learn").out();

    assertTrue(help.contains("[512 for double-dqn, 256 for actor-critic]"), help);
    assertTrue(help.contains("\n  replay.capacity                   100000  obs"), help);
    assertTrue(help.contains("\n  actor-critic.lambda               0.95    λ"), help);
    assertFalse(help.contains("flow.lanes"), help);
  }

  private static CommandRun help(String command) {
    return CommandRun.of((command + " --help").split(" ", -1));
  }

  private static Stream<String> commands() {
    return Stream.concat(Commands.names(), Stream.of("environments", "runs", "snapshots", "log"));
  }
}
