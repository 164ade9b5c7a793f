package dev.relive.environments.minatar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relive.environments.Discrete;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import dev.relive.environments.GoldenFiles;
import dev.relive.environments.MultiBinary;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays the actions of MinAtar's reference trajectories and expects the same in every cell. */
class MinAtarGoldenTest {
  private static final int[] ALL_ACTIONS = {0, 1, 2, 3, 4, 5};

  static List<String> files() {
    return GoldenFiles.names().stream().filter(GoldenFiles::isMinAtar).toList();
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("files")
  void equalsTheReference(String file) {
    List<JsonNode> lines = GoldenFiles.read(file);
    JsonNode header = lines.get(0);
    assertTrue(lines.size() > 1, "no trajectories");
    Title title =
        Title.ALL.stream().filter(any -> any.name().equals(name(header))).findFirst().orElseThrow();
    assertSameSpec(header, title);

    JsonNode chosen = header.get("kwargs");
    Replay replay =
        new Replay(
            title,
            chosen.get("sticky_action_prob").doubleValue(),
            chosen.get("difficulty_ramping").booleanValue());
    lines.subList(1, lines.size()).forEach(replay::play);
  }

  private static String name(JsonNode header) {
    return header.get("env_id").asText().replaceAll("MinAtar/(.*)-v0", "$1");
  }

  private static void assertSameSpec(JsonNode header, Title title) {
    EnvironmentSpec spec = Environments.spec(header.get("env_id").asText());
    assertTrue(header.get("max_episode_steps").isNull() && spec.maxEpisodeSteps() == 0);
    assertTrue(header.get("reward_threshold").isNull() && spec.rewardThreshold().isEmpty());
    assertEquals(
        new MultiBinary(ints(header.get("observation_space").get("shape"))),
        spec.observationSpace());
    assertEquals(new Discrete(6), spec.actionSpace());
    assertEquals(
        new Discrete(header.get("minimal_action_set").size()),
        Environments.spec("MinAtar/" + title.name() + "-v1").actionSpace());
    assertArrayEquals(
        ints(header.get("minimal_action_set")),
        title.minimalActions().stream().mapToInt(Integer::intValue).toArray());
    assertEquals(header.get("channels").size(), title.channels());
  }

  /** One lane, whose episodes follow each other. */
  private static final class Replay {
    private final int channels;
    private final MinAtarDynamics dynamics;
    private final float[] observation;
    private final double[] rewards = new double[1];
    private final boolean[] terminated = new boolean[1];

    Replay(Title title, double sticky, boolean ramping) {
      channels = title.channels();
      dynamics = new MinAtarDynamics(title, 1, ALL_ACTIONS, sticky, ramping);
      observation = new float[Board.CELLS * channels];
    }

    void play(JsonNode episode) {
      String where = "episode " + episode.get("ep") + ", seed " + episode.get("seed");
      if (!episode.get("seed").isNull()) {
        dynamics.seed(0, episode.get("seed").longValue());
      }
      dynamics.begin(0, observation);
      assertArrayEquals(ints(episode.get("obs").get(0)), setCells(), where);
      int length = episode.get("length").intValue();
      for (int t = 0; t < length; t++) {
        String step = where + ", step " + t;
        int[] action = {episode.get("actions").get(t).intValue()};
        dynamics.step(0, 1, action, observation, rewards, terminated);
        assertEquals(episode.get("executed").get(t).intValue(), dynamics.executed(0), step);
        assertEquals(episode.get("rewards").get(t).doubleValue(), rewards[0], step);
        assertEquals(episode.get("terminated").get(t).intValue() == 1, terminated[0], step);
        assertEquals(0, episode.get("truncated").get(t).intValue(), step);
        assertArrayEquals(ints(episode.get("obs").get(t + 1)), setCells(), step);
        if (episode.has("ramp")) {
          assertEquals(episode.get("ramp").get(t).intValue(), dynamics.ramps(0), step);
        }
      }
      assertEquals(episode.get("rng_next_double").doubleValue(), dynamics.peek(0), where);
    }

    /** As the trajectories name them: channel · 100 + row · 10 + column, in order. */
    private int[] setCells() {
      return IntStream.range(0, observation.length)
          .filter(i -> observation[i % Board.CELLS * channels + i / Board.CELLS] != 0)
          .toArray();
    }
  }

  private static int[] ints(JsonNode array) {
    return IntStream.range(0, array.size()).map(i -> array.get(i).intValue()).toArray();
  }
}
