package dev.relive.environments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relive.environments.Environment.Step;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays the actions of reference trajectories and expects the same to the last bit. */
class GoldenTest {
  static List<String> files() {
    return GoldenFiles.names().stream().filter(name -> !GoldenFiles.isMinAtar(name)).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void equalsTheReference(String file) {
    List<JsonNode> lines = GoldenFiles.read(file);
    JsonNode header = lines.get(0);
    String id = header.get("env_id").asText();
    assumeTrue(
        Environments.ids().contains(id), () -> "The environment " + id + " is not available.");
    assertTrue(lines.size() > 1, "no trajectories");

    EnvironmentSpec spec = Environments.spec(id, texts(header.path("kwargs")));
    if (header.get("format").asText().startsWith("golden-vec")) {
      assumeTrue(
          header.get("class").asText().equals("SyncVectorEnv")
              && header.get("autoreset_mode").asText().equals("SameStep"),
          () ->
              "Lanes are reset in the step that ends an episode, and these are %s of %s."
                  .formatted(header.get("autoreset_mode"), header.get("class")));
      lines.subList(1, lines.size()).forEach(line -> assertSameLanes(spec, line));
    } else {
      assertSameSpec(header, spec);
      assertSameEpisodes(spec, lines.subList(1, lines.size()));
    }
  }

  private static void assertSameSpec(JsonNode header, EnvironmentSpec spec) {
    assertEquals(header.get("max_episode_steps").intValue(), spec.maxEpisodeSteps());
    assertEquals(
        header.get("reward_threshold").doubleValue(), spec.rewardThreshold().orElseThrow());
    Box observations = (Box) spec.observationSpace();
    JsonNode space = header.get("observation_space");
    for (int i = 0; i < observations.size(); i++) {
      assertEquals(bound(space.get("low").get(i)), observations.low(i));
      assertEquals(bound(space.get("high").get(i)), observations.high(i));
    }
    JsonNode actions = header.get("action_space");
    assertEquals(
        new Discrete(actions.get("n").intValue(), actions.get("start").intValue()),
        spec.actionSpace());
  }

  private static void assertSameEpisodes(EnvironmentSpec spec, List<JsonNode> episodes) {
    NativeEnvironment environment = (NativeEnvironment) Environments.environment(spec);
    InternalState dynamics = (InternalState) environment.dynamics();
    for (JsonNode episode : episodes) {
      String where = "episode " + episode.get("ep") + ", seed " + episode.get("seed");
      JsonNode seed = episode.get("seed");
      float[] first =
          environment.reset(seed.isNull() ? null : seed.longValue(), texts(episode.get("options")));
      assertArrayEquals(floats(episode.get("obs").get(0)), first, where);
      assertArrayEquals(doubles(episode.get("state").get(0)), dynamics.state(0), where);

      int length = episode.get("length").intValue();
      for (int t = 0; t < length; t++) {
        String step = where + ", step " + t;
        Step done = environment.step(episode.get("actions").get(t).intValue());
        assertArrayEquals(floats(episode.get("obs").get(t + 1)), done.observation(), step);
        assertArrayEquals(doubles(episode.get("state").get(t + 1)), dynamics.state(0), step);
        assertEquals(episode.get("rewards").get(t).doubleValue(), done.reward(), step);
        assertEquals(flag(episode.get("terminated").get(t)), done.terminated(), step);
        assertEquals(flag(episode.get("truncated").get(t)), done.truncated(), step);
      }
      assertEquals(episode.get("rng_next_double").doubleValue(), dynamics.peek(0), where);
    }
  }

  private static void assertSameLanes(EnvironmentSpec spec, JsonNode steps) {
    int lanes = steps.get("num_envs").intValue();
    VectorEnvironment vector = Environments.vector(spec, lanes);
    vector.reset(steps.get("seed").longValue());
    assertSameRows(steps.get("obs").get(0), vector.observations(), "reset");
    int[] actions = new int[lanes];
    for (int t = 0; t < steps.get("steps").intValue(); t++) {
      for (int lane = 0; lane < lanes; lane++) {
        actions[lane] = steps.get("actions").get(t).get(lane).intValue();
      }
      vector.step(actions);
      assertSameRows(steps.get("obs").get(t + 1), vector.observations(), "step " + t);
      assertSameRows(steps.get("final_obs").get(t), vector.finalObservations(), "final, step " + t);
      for (int lane = 0; lane < lanes; lane++) {
        String where = "step " + t + ", lane " + lane;
        boolean ended = vector.terminated()[lane] || vector.truncated()[lane];
        assertEquals(!steps.get("final_obs").get(t).get(lane).isNull(), ended, where);
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
  private static void assertSameRows(JsonNode expected, float[] rows, String where) {
    int size = rows.length / expected.size();
    for (int lane = 0; lane < expected.size(); lane++) {
      if (!expected.get(lane).isNull()) {
        float[] row = Arrays.copyOfRange(rows, lane * size, (lane + 1) * size);
        assertArrayEquals(floats(expected.get(lane)), row, where + ", lane " + lane);
      }
    }
  }

  private static Map<String, String> texts(JsonNode options) {
    Map<String, String> texts = new HashMap<>();
    options.forEachEntry((name, value) -> texts.put(name, value.asText()));
    return texts;
  }

  private static float bound(JsonNode bound) {
    return switch (bound.asText()) {
      case "inf" -> Float.POSITIVE_INFINITY;
      case "-inf" -> Float.NEGATIVE_INFINITY;
      default -> Float.parseFloat(bound.asText());
    };
  }

  private static boolean flag(JsonNode zeroOrOne) {
    return zeroOrOne.intValue() == 1;
  }

  private static float[] floats(JsonNode array) {
    float[] floats = new float[array.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Float.parseFloat(array.get(i).asText());
    }
    return floats;
  }

  private static double[] doubles(JsonNode array) {
    double[] doubles = new double[array.size()];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = array.get(i).doubleValue();
    }
    return doubles;
  }
}
