package dev.relive.agents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.environments.random.Generator;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class EpsilonGreedyTest {
  private static final FloatBuffer VALUES =
      FloatBuffer.wrap(new float[] {0, 1, -1, 2, 2, 0, -3, -2, -1});

  @Test
  void withoutExplorationItTakesTheFirstOfTheHighest() {
    int[] actions = new int[3];
    float[] probabilities = new float[3];
    EpsilonGreedy.choose(VALUES, 3, 0, Generator.seeded(1), actions, probabilities);
    assertArrayEquals(new int[] {1, 0, 2}, actions);
    assertArrayEquals(new float[] {1, 1, 1}, probabilities);
  }

  @Test
  void drawsTwicePerLaneWhateverIsChosen() {
    Generator random = Generator.seeded(2);
    EpsilonGreedy.choose(VALUES, 3, 0.5, random, new int[3], new float[3]);
    Generator expected = Generator.seeded(2);
    for (int draw = 0; draw < 6; draw++) {
      expected.random();
    }
    assertEquals(expected.state(), random.state());
  }

  @Test
  void choosesAsOftenAsItSays() {
    Generator random = Generator.seeded(3);
    FloatBuffer values = FloatBuffer.wrap(new float[] {0, 5, 1});
    int[] counts = new int[3];
    float[] said = new float[3];
    int[] actions = new int[1];
    float[] probabilities = new float[1];
    for (int i = 0; i < 30_000; i++) {
      EpsilonGreedy.choose(values, 3, 0.3, random, actions, probabilities);
      counts[actions[0]]++;
      said[actions[0]] = probabilities[0];
    }
    assertArrayEquals(new float[] {0.1f, 0.8f, 0.1f}, said, 1e-6f);
    for (int action = 0; action < 3; action++) {
      assertEquals(said[action], counts[action] / 30_000.0, 0.01);
    }
  }
}
