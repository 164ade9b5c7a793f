package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.learner.LearnerStart.NewRun;
import dev.relive.log.wire.RunSpec;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewRunSpecTest {
  @Test
  void saysEverythingThatDecidesWhatIsLearned() {
    RunSpec spec = spec(7, "500", true);
    assertEquals("actor-critic", spec.getAlgorithm());
    assertEquals(7, spec.getSeed());
    assertTrue(spec.getDeterministic());
    assertEquals(Algorithm.ACTOR_CRITIC.catalogue().size(), spec.getSettingsList().size());
    assertEquals(40, spec.getPartitions(0).getFirstOffset());
  }

  @Test
  void aDeterministicRunHasOneIdPerSeedAndSettings() {
    String id = spec(7, "500", true).getRun();
    assertTrue(id.startsWith("test-v0-7-"), id);
    assertEquals(id, spec(7, "500", true).getRun());
    assertNotEquals(id, spec(8, "500", true).getRun());
    assertNotEquals(id, spec(7, "600", true).getRun());
  }

  @Test
  void anyOtherRunHasAnIdOfItsOwn() {
    assertNotEquals(spec(7, "500", false).getRun(), spec(7, "500", false).getRun());
  }

  private static RunSpec spec(long seed, String steps, boolean deterministic) {
    return NewRunSpec.of(
        new NewRun(
            "label",
            TestRuns.ENVIRONMENT,
            Algorithm.ACTOR_CRITIC,
            TestRuns.settings(Algorithm.ACTOR_CRITIC, Map.of("schedule.steps", steps)),
            seed,
            deterministic),
        Map.of("relive", "1"),
        0,
        40,
        TestRuns.noon().instant().plus(Duration.ofDays(seed)));
  }
}
