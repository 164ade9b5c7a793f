package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.cli.TrainSummary.Outcome;
import dev.relive.cli.TrainSummary.Policy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TrainResultTest {
  @Test
  void tellsASolvedRun() {
    TrainSummary summary =
        new TrainSummary(
            Outcome.SOLVED,
            new Task("CartPole-v1", "double-dqn", 7, 475),
            Duration.ofMillis(9_500),
            Duration.ofMillis(3_250),
            14_992,
            14_000,
            0,
            new Policy(821, 14_000, 487.5, 38.6, 485.25),
            null,
            new TrainSummary.Log(".relive", true, "run-1", 10, 1000));
    assertEquals(
        """
        {
          "run": "run-1",
          "environment": "CartPole-v1",
          "algorithm": "double-dqn",
          "seed": 7,
          "outcome": "solved",
          "solved": true,
          "solvedAtSteps": 14000,
          "solvedAtSeconds": 9.5,
          "firstTransitionSeconds": 3.25,
          "totalSeconds": 9.5,
          "steps": 14992,
          "updates": 14000,
          "version": 821,
          "evaluationMean": 487.5,
          "confirmationMean": 485.25,
          "finalMean": null
        }
        """,
        TrainResult.json(summary));
  }
}
