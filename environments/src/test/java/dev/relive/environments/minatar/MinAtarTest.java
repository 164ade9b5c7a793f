package dev.relive.environments.minatar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.relive.environments.Environment;
import dev.relive.environments.Environments;
import dev.relive.environments.VectorEnvironment;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MinAtarTest {
  @Test
  void drawsTheFirstBoardOfBreakout() {
    Environment breakout = environment("MinAtar/Breakout-v1", Map.of());
    breakout.reset(0);
    assertEquals(
        """
        +--------------------+
        |                    |
        |B B B B B B B B B B |
        |B B B B B B B B B B |
        |O B B B B B B B B B |
        |                    |
        |                    |
        |                    |
        |                    |
        |                    |
        |        P           |
        +--------------------+
        P paddle  O ball  B brick  . trail
        """,
        breakout.text());

    BufferedImage image = breakout.image();
    assertEquals(320, image.getWidth());
    assertEquals(320, image.getHeight());
    assertEquals(0xFFFFFF, image.getRGB(16, 3 * 32 + 16) & 0xFFFFFF);
    assertEquals(0x4FC3F7, image.getRGB(4 * 32 + 16, 9 * 32 + 16) & 0xFFFFFF);
    assertEquals(0xFF8A65, image.getRGB(16, 32 + 16) & 0xFFFFFF);
  }

  /** Version 1 numbers the minimal actions anew: 2 is right, which is 3 of the six. */
  @Test
  void theMinimalActionsAreNumberedAnew() {
    Environment all = environment("MinAtar/Breakout-v0", Map.of());
    Environment minimal = environment("MinAtar/Breakout-v1", Map.of());
    all.reset(4);
    minimal.reset(4);
    assertArrayEquals(all.step(3).observation(), minimal.step(2).observation());
    assertArrayEquals(all.step(1).observation(), minimal.step(1).observation());
  }

  @Test
  void everyActionSticksWithProbabilityOne() {
    Environment stuck = environment("MinAtar/Breakout-v0", Map.of("sticky_action_prob", "1"));
    Environment still = environment("MinAtar/Breakout-v0", Map.of("sticky_action_prob", "0"));
    stuck.reset(1);
    still.reset(1);
    for (int i = 0; i < 5; i++) {
      assertArrayEquals(still.step(0).observation(), stuck.step(3).observation());
    }
  }

  @Test
  void asterixBecomesHarderUnlessItIsNotTo() {
    MinAtarDynamics harder = asterix(true);
    MinAtarDynamics same = asterix(false);
    float[] observation = new float[400];
    harder.begin(0, observation);
    same.begin(0, observation);
    for (int step = 1; step <= 204; step++) {
      harder.step(0, 1, new int[1], observation, new double[1], new boolean[1]);
      same.step(0, 1, new int[1], observation, new double[1], new boolean[1]);
      assertEquals(step / 102, harder.ramps(0), "step " + step);
      assertEquals(0, same.ramps(0));
    }
  }

  private static MinAtarDynamics asterix(boolean ramping) {
    return new MinAtarDynamics(Asterix.TITLE, 1, new int[] {0}, 0, ramping);
  }

  @Test
  void aSeedForgetsTheLastAction() {
    Environment used = environment("MinAtar/Freeway-v0", Map.of("sticky_action_prob", "1"));
    used.reset(3);
    used.step(5);
    float[] fresh = environment("MinAtar/Freeway-v0", Map.of()).reset(3);
    assertArrayEquals(fresh, used.reset(3));
  }

  @Test
  void takesSeedsThatTheReferenceRefuses() {
    Environment freeway = environment("MinAtar/Freeway-v0", Map.of());
    float[] large = freeway.reset(Long.MAX_VALUE);
    assertArrayEquals(large, freeway.reset(Long.MAX_VALUE));
    assertNotEquals(Arrays.toString(large), Arrays.toString(freeway.reset((1L << 32) - 1)));
  }

  @Test
  void refusesWhatIsNoProbability() {
    for (String text : new String[] {"-0.1", "1.5"}) {
      assertEquals(
          "The option 'sticky_action_prob' must be a probability from 0 to 1, and is " + text + ".",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> Environments.spec("MinAtar/Asterix-v1", Map.of("sticky_action_prob", text)))
              .getMessage());
    }
  }

  /** Lanes do not mix: three of them go as three environments of one lane. */
  @ParameterizedTest
  @ValueSource(strings = {"Asterix", "Breakout", "Freeway", "Seaquest", "SpaceInvaders"})
  void lanesAreIndependent(String game) {
    String id = "MinAtar/" + game + "-v0";
    VectorEnvironment vector = Environments.vector(Environments.spec(id), 3);
    Environment[] single = new Environment[3];
    vector.reset(7);
    for (int lane = 0; lane < 3; lane++) {
      single[lane] = environment(id, Map.of());
      single[lane].reset(7 + lane);
    }
    int size = vector.spec().observationSpace().size();
    Random random = new Random(1);
    for (int t = 0; t < 600; t++) {
      int[] actions = random.ints(3, 0, 6).toArray();
      vector.step(actions);
      for (int lane = 0; lane < 3; lane++) {
        Environment.Step step = single[lane].step(actions[lane]);
        float[] row = step.ended() ? single[lane].reset() : step.observation();
        assertEquals(step.reward(), vector.rewards()[lane]);
        assertEquals(step.terminated(), vector.terminated()[lane]);
        assertArrayEquals(
            row, Arrays.copyOfRange(vector.observations(), lane * size, (lane + 1) * size));
      }
    }
  }

  private static Environment environment(String id, Map<String, String> options) {
    return Environments.environment(Environments.spec(id, options));
  }
}
