package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;

final class PrintedConfigTest {

  @Test
  void tellsEachValueAndWhoStatedIt() {
    CommandRun run =
        CommandRun.with(
            Map.of("RELIVE_LANES", "4", "RELIVE_RUN", " "),
            "produce",
            "--name=left",
            "--print-config");

    assertEquals(
        new CommandRun(
            ExitCode.SUCCESS,
            """
            # relive produce
            run                the only active one  default
            name               left                 --name
            run-timeout        600                  default
            device             cpu                  default
            lanes              4                    RELIVE_LANES
            free-running       false                default
            delivery-timeout   30                   default
            on-end             exit                 default
            python             python3              default
            python-processes   1                    default
            python-timeout     60                   default
            data-directory     .relive              default
            bootstrap-servers                       default
            kafka-config                            default
            topic-prefix       relive               default
            broker-timeout     30                   default
            http-host          127.0.0.1            default
            http-port          9465                 default
            quiet              false                default
            plain              false                default
            verbose            false                default
            log-level          info                 default
            """,
            ""),
        run);
  }

  @Test
  void tellsTheSettingsOfANewRun() {
    List<String> lines =
        lines("learn", "--algorithm=actor-critic", "--set=return.discount=0.9", "--lead=1");

    assertTrue(lines.contains("algorithm actor-critic --algorithm"), lines::toString);
    assertTrue(lines.contains("lead 1 --lead"), lines::toString);
    assertTrue(lines.contains("max-lead 256 default"), lines::toString);
    assertTrue(lines.contains("seed drawn default"), lines::toString);
    assertTrue(lines.contains("set return.discount 0.9 --set"), lines::toString);
    assertTrue(lines.contains("set actor-critic.batch-size 256 default"), lines::toString);
  }

  @Test
  void leavesToARunToGoOnWithWhatItDecided() {
    List<String> lines = lines("train", "--run=first", "--steps=7", "--set=return.discount=0.9");

    assertTrue(lines.contains("run first --run"), lines::toString);
    assertTrue(lines.contains("steps 7 --steps"), lines::toString);
    assertTrue(lines.contains("environment as the run says default"), lines::toString);
    assertTrue(lines.contains("lanes as the run says default"), lines::toString);
    assertTrue(lines.contains("set return.discount 0.9 --set"), lines::toString);
    assertEquals(1, lines.stream().filter(line -> line.startsWith("set ")).count());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void tellsEveryOption(String command) {
    String[] words = command.split(" ", -1);
    List<String> options = new ArrayList<>(List.of(words).subList(1, words.length));
    options.addAll(Commands.required(command));
    List<String> lines = lines(words[0], options);
    for (OptionSpec option :
        Commands.find(Commands.commandLine(Map.of()), command).getCommandSpec().options()) {
      String name = option.longestName().substring(2);
      if (EnvironmentVariables.hasVariable(option)
          && !List.of("print-config", "set", "environment-option").contains(name)) {
        assertTrue(lines.stream().anyMatch(line -> line.startsWith(name + " ")), name);
      }
    }
  }

  private static Stream<String> commands() {
    return Commands.names();
  }

  /** The lines, with single spaces. */
  private static List<String> lines(String command, String... options) {
    return lines(command, List.of(options));
  }

  private static List<String> lines(String command, List<String> options) {
    String[] arguments =
        Stream.of(List.of(command), options, List.of("--print-config"))
            .flatMap(List::stream)
            .toArray(String[]::new);
    CommandRun run = CommandRun.of(arguments);
    assertEquals("", run.err());
    return run.out().lines().map(line -> line.replaceAll(" +", " ")).toList();
  }
}
