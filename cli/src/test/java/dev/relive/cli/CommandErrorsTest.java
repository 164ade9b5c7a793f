package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CommandErrorsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          tran                       | relive has no command tran; did you mean train?
          xyzzy                      | relive has no command xyzzy.
          train --stepz 4            | relive train has no option --stepz; did you mean --steps?
          train --lnaes=4            | relive train has no option --lnaes; did you mean --lanes?
          train --boot x             | relive train has no option --boot; did you mean --bootstrap-servers?
          train --qqq                | relive train has no option --qqq.
          train CartPole-v1          | relive train takes options only, and CartPole-v1 is none.
          train --steps              | --steps needs a value: N.
          train --steps many         | --steps is many, and must be a whole number.
          train --steps 0            | --steps is 0, and must be a whole number of at least 1.
          train --seed 1.5           | --seed is 1.5, and must be a whole number.
          train --http-port 65536    | --http-port is 65536, and must be from 0 to 65535.
          train --http-port 1e9      | --http-port is 1e9, and must be from 0 to 65535.
          train --lanes 1e9          | --lanes is 1e9, and must be a whole number of at most 2147483647.
          train --device tpu         | --device is tpu, and must be auto, cpu or gpu.
          train --log-level loud     | --log-level is loud, and must be error, warn, info, debug or trace.
          train --quiet=perhaps      | --quiet is perhaps, and must be true or false.
          train --set learning-rate  | --set is learning-rate, and must be NAME=VALUE.
          train --lanes 0            | --lanes is 0, and must be a whole number from 1 to 65536.
          train --max-lead 7         | --max-lead is 7, and must be at least the number of lanes, 8, or no producer could ever step.
          train --if-running wait    | --if-running is wait, and must be refuse or take-over.
          produce --lanes 0          | --lanes is 0, and must be from 1 to 65536.
          produce --name a/b         | --name is a/b, and must be a name without '/'.
          produce --run-timeout 0    | --run-timeout is 0, and must be at least 1.
          evaluate --episodes 0      | --episodes is 0, and must be from 1 to 1000000.
          runs                       | relive runs needs a command: ls, show, compare, reproduce or delete.
          runs lst                   | relive runs has no command lst; did you mean ls?
          runs show                  | relive runs show needs RUN: The run's id, or its label where only one has it.
          runs compare               | relive runs compare needs RUN: The runs' ids, or their labels where only one has it.
          environments               | relive environments needs a command: ls or show.
          environments show          | relive environments show needs ID: The environment's id.
          environments show CartPole-v1 --environment-option lanes=2 | CartPole-v1 has no option 'lanes'; there are: sutton_barto_reward, max_episode_steps, sticky_actions, action_repeat.
          play --episodes 0          | --episodes is 0, and must be from 1 to 1000000.
          play --fps 1000            | --fps is 1000, and must be from 1 to 100.
          play --seed -1             | --seed is -1, and must be at least 0.
          play --action-seed -1      | --action-seed is -1, and must be at least 0.
          play --policy best         | --policy is best, and must be random, angle or snapshot.
          play --policy angle -e gym-v0 | --policy is angle, and must be random or snapshot for gym-v0.
          play --policy random --run a | --run is a, and must be left out with --policy random.
          play --run a --snapshot all | --snapshot is all, and must be a version, best, last or final.
          play --episodes 2 --gif a  | --gif is a, and must be left out with more than one of --episodes.
          snapshots                  | relive snapshots needs a command: ls or export.
          snapshots export --snapshot 0 | --snapshot is 0, and must be a version, best, last, final or all.
          broker --port -1           | --port is -1, and must be from 0 to 65535.
          """)
  void saysInOneSentenceWhatIsWrong(String arguments, String sentence) {
    CommandRun run = CommandRun.of(arguments.split(" "));

    assertEquals(new CommandRun(ExitCode.USAGE, "", sentence + "\n"), run);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          RELIVE_STEPS     | many | RELIVE_STEPS is many, and must be a whole number.
          RELIVE_STEPS     | 0    | RELIVE_STEPS is 0, and must be a whole number of at least 1.
          RELIVE_DEVICE    | tpu  | RELIVE_DEVICE is tpu, and must be auto, cpu or gpu.
          RELIVE_PLAIN     | oui  | RELIVE_PLAIN is oui, and must be true or false.
          RELIVE_SET       | a    | RELIVE_SET is a, and must be NAME=VALUE.
          """)
  void namesTheVariableThatGaveTheValue(String name, String value, String sentence) {
    CommandRun run = CommandRun.with(Map.of(name, value), "train");

    assertEquals(new CommandRun(ExitCode.USAGE, "", sentence + "\n"), run);
  }

  @Test
  void namesTheOptionWhereItOutranksTheVariable() {
    CommandRun run = CommandRun.with(Map.of("RELIVE_STEPS", "5"), "train", "--steps", "-5");

    assertEquals("--steps is -5, and must be a whole number of at least 1.\n", run.err());
  }

  @Test
  void pointsOutAVariableThatNothingReads() {
    CommandRun run =
        CommandRun.with(
            Map.of("RELIVE_STESP", "5", "RELIVE_JAVA", "java", "RELIVE_NAME", "left"),
            "broker",
            "--print-config");

    assertEquals(
        "No option has the variable RELIVE_STESP; did you mean RELIVE_STEPS?\n", run.err());
    assertEquals(ExitCode.SUCCESS, run.exitCode());
  }
}
