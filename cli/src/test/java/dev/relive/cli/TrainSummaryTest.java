package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.cli.TrainSummary.Log;
import dev.relive.cli.TrainSummary.Outcome;
import dev.relive.cli.TrainSummary.Policy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TrainSummaryTest {

  private static final Task TASK = new Task("CartPole-v1", "double-dqn", 7, 475);
  private static final Log LOG = new Log(".relive", true, "cartpole-v1-k3v9", 312, 1_234_567);

  @Test
  void tellsWhatWasLearnedHowFastAndWhereTheLogLies() {
    TrainSummary summary =
        new TrainSummary(
            Outcome.SOLVED,
            TASK,
            Duration.ofMillis(18_432),
            Duration.ofMillis(2_432),
            32_000,
            16_000,
            0,
            new Policy(23, 30_000, 487.2, 25.14, 491.06),
            new Policy(24, 32_000, 500, 0, Double.NaN),
            LOG);

    assertEquals(
        """
        Solved CartPole-v1: 32,000 steps and 16,000 updates in 18.4 s.

          policy  version 23 of step 30,000: mean return 487.2 ± 25.1, and 491.1 on fresh seeds
          final   version 24 of step 32,000: mean return 500.0 ± 0.0
          speed   2,000 steps/s and 1,000 updates/s, from the first transition in the log after 2.4 s on
          log     .relive: run cartpole-v1-k3v9, 312 segments, 1.2 MB
          seed    7

        Next
          relive play --run cartpole-v1-k3v9  shows what it has learned
          relive train                  a new run beside this one, with another seed
          relive runs ls                all runs of this log, and how they went
          relive broker                 opens the log for other commands and Kafka's own tools
        """,
        summary.text());
  }

  @Test
  void tellsThatItIsNotSolved() {
    Policy best = new Policy(2, 2_000, 41.2, 12.3, Double.NaN);
    TrainSummary summary =
        new TrainSummary(
            Outcome.UNSOLVED,
            TASK,
            Duration.ofSeconds(4),
            Duration.ofSeconds(2),
            3_000,
            1_000,
            1_300,
            best,
            best,
            new Log("kafka:9092", false, "cartpole-v1-k3v9", 60, 100_000));

    assertEquals(
        """
        CartPole-v1 is not solved: 3,000 steps and 1,000 updates in 4.0 s, and no more are allowed.

          best    version 2 of step 2,000: mean return 41.2 ± 12.3
          speed   1,500 steps/s and 500 updates/s, from the first transition in the log after 2.0 s on
          stale   1,300 steps, too old to learn from
          log     kafka:9092: run cartpole-v1-k3v9, 60 segments, 100.0 kB
          seed    7

        Next
          relive train --steps 6000     a longer run
          relive runs ls                all runs of this log, and how they went
        """,
        summary.text());
  }

  @Test
  void tellsThatItWasStoppedBeforeItBegan() {
    TrainSummary summary =
        new TrainSummary(
            Outcome.STOPPED,
            TASK,
            Duration.ofSeconds(2),
            null,
            0,
            0,
            0,
            null,
            null,
            new Log(".relive", true, "cartpole-v1-k3v9", 0, 0));

    assertEquals(
        """
        Stopped after 0 steps and 0 updates in 2.0 s; the log is whole.

          speed   no transition was logged
          log     .relive: run cartpole-v1-k3v9, 0 segments, 0 bytes
          seed    7

        Next
          relive train --run cartpole-v1-k3v9  goes on with it
          relive runs ls                all runs of this log, and how they went
          relive broker                 opens the log for other commands and Kafka's own tools
        """,
        summary.text());
  }
}
