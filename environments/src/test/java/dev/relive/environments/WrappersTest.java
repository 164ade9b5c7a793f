package dev.relive.environments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.environments.Environment.Step;
import dev.relive.environments.random.Generator;
import dev.relive.environments.random.SeedSequence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is put around an environment, which here rewards each step by the action that it did. */
class WrappersTest {
  @Test
  void anActionIsRepeatedAndItsRewardsAddedUp() {
    Environment environment = environment(Map.of("action_repeat", "4"));
    environment.reset(0);

    Step first = environment.step(2);
    assertEquals(4, first.observation()[0]);
    assertEquals(8, first.reward());
    assertFalse(first.ended());

    Step second = environment.step(1);
    assertEquals(6, second.observation()[0], "the longest episode counts steps that are done");
    assertEquals(2, second.reward());
    assertTrue(second.truncated());
  }

  @Test
  void aStickyActionIsDoneAgainByTheLanesOwnChance() {
    double probability = 0.5;
    VectorEnvironment vector =
        Environments.vector(
            Environments.spec(
                "Strange-v0", Map.of("sticky_actions", "0.5", "max_episode_steps", "1000")),
            2);
    vector.reset(new long[] {11, 12});
    Generator[] chances = {
      new Generator(SeedSequence.of(11).child(1)), new Generator(SeedSequence.of(12).child(1))
    };
    int[] done = new int[2];
    int kept = 0;
    for (int step = 0; step < 200; step++) {
      int[] chosen = {step % 5, (step + 2) % 5};
      vector.step(chosen);
      for (int lane = 0; lane < 2; lane++) {
        boolean sticks = step > 0 && chances[lane].random() < probability;
        kept += sticks ? 1 : 0;
        done[lane] = sticks ? done[lane] : chosen[lane];
        assertEquals(done[lane], vector.observations()[2 * lane + 1], "step " + step);
      }
    }
    assertTrue(kept > 150 && kept < 250, kept + " of 398");
  }

  @Test
  void theSpecNamesThem() {
    EnvironmentSpec spec =
        Environments.spec(
            "Strange-v0",
            Map.of("sticky_actions", "0.25", "action_repeat", "2", "max_episode_steps", "9"));
    assertEquals(new Wrappers(0.25, 2), spec.wrappers());
    assertEquals(List.of("sticky_actions=0.25", "action_repeat=2"), spec.wrappers().texts());
    assertEquals(9, spec.maxEpisodeSteps());
    assertEquals(Map.of("failing_step", "0", "failure", "exception"), spec.options());
    assertEquals(
        Map.of("sticky_actions", "0.25", "action_repeat", "2"),
        Wrappers.options(spec.wrappers().texts()));
    assertEquals(List.of(), Environments.spec("Strange-v0").wrappers().texts());
  }

  @Test
  void whatCannotBeIsRefused() {
    assertRefused(
        "The option 'sticky_actions' must be a probability from 0 to below 1, and is 1.0.",
        Map.of("sticky_actions", "1"));
    assertRefused(
        "The option 'action_repeat' must be 1 to 1000, and is 0.", Map.of("action_repeat", "0"));
    assertRefused(
        "The longest episode of Strange-v0 must be 0 (no limit) or more steps, and is -1.",
        Map.of("max_episode_steps", "-1"));
    assertRefused(
        "The option 'failure' of Strange-v0 must be exception, reward, observation, reset, and is"
            + " 'fire'.",
        Map.of("failure", "fire"));
    assertThrows(IllegalArgumentException.class, () -> Wrappers.options(List.of("x")));
  }

  private static Environment environment(Map<String, String> options) {
    return Environments.environment(Environments.spec("Strange-v0", options));
  }

  private static void assertRefused(String message, Map<String, String> options) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> Environments.spec("Strange-v0", options))
            .getMessage());
  }
}
