package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.relive.learner.LearnerStart.Stated;
import dev.relive.log.LogException;
import dev.relive.log.Run;
import dev.relive.log.Settings;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.RunVerdict;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResumeRulesTest {
  private static final RunSpec SPEC =
      TestRuns.spec(
          Algorithm.DOUBLE_DQN,
          TestRuns.settings(Algorithm.DOUBLE_DQN, Map.of("schedule.steps", "500")),
          false);

  @Test
  void whatIsStatedMustBeWhatTheRunIs() {
    Run run = run(SPEC, RunPhase.STOPPED, null);
    assertDoesNotThrow(() -> ResumeRules.check(run, Stated.NOTHING));
    assertDoesNotThrow(
        () ->
            ResumeRules.check(
                run,
                new Stated(
                    TestRuns.ENVIRONMENT,
                    Algorithm.DOUBLE_DQN,
                    Settings.of(Map.of("schedule.steps", "500")),
                    7L)));
    assertEquals(
        "Run run cannot be resumed as something else: environment is Test-v0, not Other-v1;"
            + " algorithm is double-dqn, not actor-critic; seed is 7, not 8; actor-critic.lead is"
            + " not set, not 1; schedule.steps is 500, not 600.",
        refusal(
            run,
            new Stated(
                TestRuns.ENVIRONMENT.toBuilder().setId("Other-v1").build(),
                Algorithm.ACTOR_CRITIC,
                Settings.of(Map.of("schedule.steps", "600", "actor-critic.lead", "1")),
                8L)));
  }

  @Test
  void aSolvedRunHasNothingToResume() {
    RunVerdict verdict = RunVerdict.newBuilder().setVersion(3).build();
    assertEquals(
        "Run run is solved, so there is nothing to resume.",
        refusal(run(SPEC, RunPhase.STOPPED, verdict), Stated.NOTHING));
    RunSpec deterministic = SPEC.toBuilder().setDeterministic(true).build();
    assertDoesNotThrow(
        () -> ResumeRules.check(run(deterministic, RunPhase.STOPPED, verdict), Stated.NOTHING));
  }

  @Test
  void anAlgorithmOfAnotherProgramIsNamed() {
    RunSpec future = SPEC.toBuilder().setAlgorithm("sac").build();
    assertEquals(
        "Run run learns by sac, and this program by double-dqn or actor-critic.",
        refusal(run(future, RunPhase.ACTIVE, null), Stated.NOTHING));
  }

  @Test
  void aRunThatHasSpentItsStepsHasNothingToResume() {
    LearnerSettings settings = TestRuns.settings(SPEC);
    Run stopped = run(SPEC, RunPhase.STOPPED, null);
    Progress spent = Progress.newBuilder().setRunSteps(500).build();
    assertThrows(LogException.class, () -> ResumeRules.checkStepsLeft(stopped, spent, settings));
    assertDoesNotThrow(
        () ->
            ResumeRules.checkStepsLeft(
                stopped, spent.toBuilder().setRunSteps(499).build(), settings));
    // Its learner was killed before it could say so; the next one ends the run.
    assertDoesNotThrow(
        () -> ResumeRules.checkStepsLeft(run(SPEC, RunPhase.ACTIVE, null), spent, settings));
  }

  private static String refusal(Run run, Stated stated) {
    return String.valueOf(
        assertThrows(LogException.class, () -> ResumeRules.check(run, stated)).getMessage());
  }

  private static Run run(RunSpec spec, RunPhase phase, @Nullable RunVerdict verdict) {
    return new Run(spec, RunState.newBuilder().setPhase(phase).build(), verdict);
  }
}
