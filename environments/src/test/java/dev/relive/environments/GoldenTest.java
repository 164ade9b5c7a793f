package dev.relive.environments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relive.environments.Environment.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays the actions of reference trajectories and expects the same: to the last bit, observations
 * as they are in float32. The random stream must stand where the reference's does after each
 * episode.
 */
class GoldenTest {
  /**
   * Environments whose motion grows the smallest difference to another course, and whose reference
   * squares numbers with a power function that is now and then off by one in the last bit. Each of
   * their steps must be the same from the reference's state before it, and the first steps of a
   * course almost.
   */
  private static final Set<String> CHAOTIC = Set.of("Acrobot-v1", "Pendulum-v1");

  private static final int FIRST_STEPS = 100;
  private static final double ALMOST = 1e-6;
  private static final double SQUARED = 1e-9;

  static List<String> files() {
    return GoldenFiles.names().stream().filter(name -> !GoldenFiles.isMinAtar(name)).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void equalsTheReference(String file) {
    List<JsonNode> lines = GoldenFiles.read(file);
    GoldenFormat format = new GoldenFormat(lines.get(0));
    assumeTrue(
        Environments.ids().contains(format.id()),
        () -> "The environment " + format.id() + " is not available.");
    assertTrue(lines.size() > 1, "no trajectories");

    EnvironmentSpec spec = Environments.spec(format.id(), format.options());
    List<JsonNode> trajectories = lines.subList(1, lines.size());
    if (format.vector()) {
      assumeTrue(
          format.header().get("class").asText().equals("SyncVectorEnv")
              && format.header().get("autoreset_mode").asText().equals("SameStep"),
          () ->
              "Lanes are reset in the step that ends an episode, and these are %s of %s."
                  .formatted(format.header().get("autoreset_mode"), format.header().get("class")));
      trajectories.forEach(steps -> assertSameLanes(spec, format, steps));
    } else {
      assertSameSpec(format, spec);
      if (CHAOTIC.contains(format.id())) {
        assertSameSteps(spec, format, trajectories);
        assertAlmostSameFirstSteps(spec, format, trajectories);
      } else {
        assertSameEpisodes(spec, format, trajectories);
      }
    }
  }

  private static void assertSameSpec(GoldenFormat format, EnvironmentSpec spec) {
    assertEquals(format.maxEpisodeSteps(), spec.maxEpisodeSteps());
    assertEquals(format.rewardThreshold(), spec.rewardThreshold());
    assertEquals(format.observationSpace(), numbered(spec.observationSpace()));
    assertEquals(format.actionSpace(), spec.actionSpace());
  }

  /** The reference's tuples have numbers for names. */
  private static Space numbered(Space space) {
    if (!(space instanceof Composite composite)) {
      return space;
    }
    List<Composite.Part> parts = new ArrayList<>();
    for (Composite.Part part : composite.parts()) {
      parts.add(new Composite.Part(String.valueOf(parts.size()), part.space()));
    }
    return new Composite(parts);
  }

  private static void assertSameEpisodes(
      EnvironmentSpec spec, GoldenFormat format, List<JsonNode> episodes) {
    NativeEnvironment environment = (NativeEnvironment) Environments.environment(spec);
    InternalState dynamics = (InternalState) environment.dynamics();
    for (JsonNode episode : episodes) {
      String where = where(episode);
      assertArrayEquals(format.row(episode.get("obs").get(0)), reset(environment, episode), where);
      assertSameState(episode, 0, dynamics, where);
      for (int t = 0; t < episode.get("length").intValue(); t++) {
        String step = where + ", step " + t;
        Step done = step(environment, format.row(episode.get("actions").get(t)));
        assertArrayEquals(format.row(episode.get("obs").get(t + 1)), done.observation(), step);
        assertSameState(episode, t + 1, dynamics, step);
        assertEquals(episode.get("rewards").get(t).doubleValue(), done.reward(), step);
        assertSameEnds(episode, t, done, step);
      }
      assertEquals(episode.get("rng_next_double").doubleValue(), dynamics.peek(0), where);
    }
  }

  private static void assertSameState(
      JsonNode episode, int time, InternalState dynamics, String where) {
    if (episode.has("state")) {
      assertArrayEquals(
          GoldenFormat.state(episode.get("state").get(time)), dynamics.state(0), where);
    }
  }

  private static void assertSameSteps(
      EnvironmentSpec spec, GoldenFormat format, List<JsonNode> episodes) {
    NativeEnvironment environment = (NativeEnvironment) Environments.environment(spec);
    InternalState dynamics = (InternalState) environment.dynamics();
    for (JsonNode episode : episodes) {
      String where = where(episode);
      assertWithinOneUnit(
          format.row(episode.get("obs").get(0)), reset(environment, episode), where);
      assertSameState(episode, 0, dynamics, where);
      for (int t = 0; t < episode.get("length").intValue(); t++) {
        String step = where + ", step " + t;
        dynamics.restore(0, GoldenFormat.state(episode.get("state").get(t)));
        Step done = step(environment, format.row(episode.get("actions").get(t)));
        assertArrayEquals(format.row(episode.get("obs").get(t + 1)), done.observation(), step);
        assertArrayEquals(
            GoldenFormat.state(episode.get("state").get(t + 1)), dynamics.state(0), SQUARED, step);
        assertEquals(episode.get("rewards").get(t).doubleValue(), done.reward(), SQUARED, step);
        assertSameEnds(episode, t, done, step);
      }
      assertEquals(episode.get("rng_next_double").doubleValue(), dynamics.peek(0), where);
    }
  }

  private static void assertAlmostSameFirstSteps(
      EnvironmentSpec spec, GoldenFormat format, List<JsonNode> episodes) {
    Environment environment = Environments.environment(spec);
    for (JsonNode episode : episodes) {
      reset(environment, episode);
      for (int t = 0; t < Math.min(FIRST_STEPS, episode.get("length").intValue()); t++) {
        String where = where(episode) + ", step " + t;
        Step done = step(environment, format.row(episode.get("actions").get(t)));
        float[] expected = format.row(episode.get("obs").get(t + 1));
        assertArrayEquals(expected, done.observation(), (float) ALMOST, where);
        assertEquals(episode.get("rewards").get(t).doubleValue(), done.reward(), ALMOST, where);
        assertSameEnds(episode, t, done, where);
      }
    }
  }

  private static void assertSameEnds(JsonNode episode, int t, Step done, String where) {
    assertEquals(flag(episode.get("terminated").get(t)), done.terminated(), where);
    assertEquals(flag(episode.get("truncated").get(t)), done.truncated(), where);
  }

  private static void assertWithinOneUnit(float[] expected, float[] actual, String where) {
    assertEquals(expected.length, actual.length, where);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], Math.ulp(expected[i]), where);
    }
  }

  private static float[] reset(Environment environment, JsonNode episode) {
    JsonNode seed = episode.get("seed");
    return environment.reset(
        seed.isNull() ? null : seed.longValue(), GoldenFormat.texts(episode.get("options")));
  }

  private static Step step(Environment environment, float[] action) {
    return environment.spec().actionSpace().integral()
        ? environment.step((int) action[0])
        : environment.step(action);
  }

  private static String where(JsonNode episode) {
    return "episode " + episode.get("ep") + ", seed " + episode.get("seed");
  }

  private static void assertSameLanes(EnvironmentSpec spec, GoldenFormat format, JsonNode steps) {
    int lanes = steps.get("num_envs").intValue();
    VectorEnvironment vector = Environments.vector(spec, lanes);
    vector.reset(steps.get("seed").longValue());
    assertSameRows(format, steps.get("obs").get(0), vector.observations(), "reset");
    int[] actions = new int[lanes];
    for (int t = 0; t < steps.get("steps").intValue(); t++) {
      for (int lane = 0; lane < lanes; lane++) {
        actions[lane] = steps.get("actions").get(t).get(lane).intValue();
      }
      vector.step(actions);
      JsonNode last = steps.get("final_obs").get(t);
      assertSameRows(format, steps.get("obs").get(t + 1), vector.observations(), "step " + t);
      assertSameRows(format, last, vector.finalObservations(), "final, step " + t);
      for (int lane = 0; lane < lanes; lane++) {
        String where = "step " + t + ", lane " + lane;
        boolean ended = vector.terminated()[lane] || vector.truncated()[lane];
        assertEquals(!last.get(lane).isNull(), ended, where);
        assertEquals(
            steps.get("rewards").get(t).get(lane).doubleValue(), vector.rewards()[lane], where);
        assertEquals(
            flag(steps.get("terminated").get(t).get(lane)), vector.terminated()[lane], where);
        assertEquals(
            flag(steps.get("truncated").get(t).get(lane)), vector.truncated()[lane], where);
      }
    }
  }

  /** Compares the rows that there are; null stands for none. */
  private static void assertSameRows(
      GoldenFormat format, JsonNode expected, float[] rows, String where) {
    int size = rows.length / expected.size();
    for (int lane = 0; lane < expected.size(); lane++) {
      if (!expected.get(lane).isNull()) {
        float[] row = Arrays.copyOfRange(rows, lane * size, (lane + 1) * size);
        assertArrayEquals(format.row(expected.get(lane)), row, where + ", lane " + lane);
      }
    }
  }

  private static boolean flag(JsonNode zeroOrOne) {
    return zeroOrOne.intValue() == 1;
  }
}
