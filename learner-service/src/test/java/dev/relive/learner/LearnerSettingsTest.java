package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.agents.Activation;
import dev.relive.agents.ActorCriticSettings;
import dev.relive.agents.Convolutions;
import dev.relive.agents.DoubleDqnSettings;
import dev.relive.agents.NetworkSpec;
import dev.relive.log.InvalidSettingException;
import dev.relive.log.Settings;
import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.Space;
import dev.relive.log.wire.SpaceKind;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearnerSettingsTest {
  @Test
  void theCatalogueIsValidAsItStands() {
    for (Algorithm algorithm : Algorithm.values()) {
      LearnerSettings settings = algorithm.settings(algorithm.defaults(), false);
      assertEquals(algorithm.catalogue().size(), algorithm.defaults().names().size());
      assertTrue(settings.flow().maxLead() >= settings.flow().lanes());
    }
  }

  @Test
  void theCatalogueSaysWhatTheAlgorithmsThemselvesHave() {
    BatchSettings actorCritic = BatchSettings.of(Algorithm.ACTOR_CRITIC.defaults());
    assertEquals(ActorCriticSettings.DEFAULTS, actorCritic.update());
    assertEquals(Activation.TANH, actorCritic.activation());
    ReplaySettings doubleDqn = ReplaySettings.of(Algorithm.DOUBLE_DQN.defaults());
    assertEquals(DoubleDqnSettings.DEFAULTS, doubleDqn.update());
    assertEquals(Activation.RELU, doubleDqn.activation());
  }

  @ParameterizedTest
  @CsvSource({
    "replay.batch-size, 0",
    "replay.batch-size, many",
    "replay.capacity, 100",
    "return.discount, 1.5",
    "return.discount, NaN",
    "schedule.train-every, -1",
    "schedule.updates, 1.5",
    "network.hidden-sizes, '128,,128'",
    "network.convolution-channels, '16,0'",
    "network.convolution-channels, none",
    "observation.one-hot, yes",
    "observation.stack, 0",
    "observation.normalise, 1",
    "reward.clip, -1",
    "exploration.final, 2",
    "double-dqn.learning-rate, 0",
    "flow.max-lead, 1",
  })
  void aBadValueIsNamedWithItsSetting(String name, String value) {
    Settings bad = Algorithm.DOUBLE_DQN.defaults().with(Settings.of(Map.of(name, value)));
    String message =
        String.valueOf(
            assertThrows(
                    InvalidSettingException.class, () -> Algorithm.DOUBLE_DQN.settings(bad, false))
                .getMessage());
    assertTrue(message.contains(name) && message.contains(value), message);
  }

  @Test
  void anUnknownSettingIsRefused() {
    Settings unknown =
        Algorithm.DOUBLE_DQN.defaults().with(Settings.of(Map.of("learning.rate", "1")));
    assertThrows(
        InvalidSettingException.class, () -> Algorithm.DOUBLE_DQN.settings(unknown, false));
  }

  @Test
  void aSettingThatARunIsOlderThanIsAsItWasThen() {
    SortedMap<String, String> older = Algorithm.DOUBLE_DQN.defaults().asMap();
    older.remove("network.convolution-channels");
    RunSpec spec = RunSpec.newBuilder().addAllSettings(Settings.of(older).toMessages()).build();
    assertEquals(List.of(), Algorithm.DOUBLE_DQN.settings(spec).layers().convolutionChannels());
  }

  @Test
  void convolutionsAreForTheImagesOfTheEnvironment() {
    NetworkSpec network = network("16,8", List.of(10, 9, 4));
    assertEquals(new Convolutions(1, 10, 9, 4, List.of(16, 8)), network.convolutions());
    assertEquals(360, network.observationSize());
    assertNull(network("0", List.of(10, 9, 4)).convolutions());
  }

  @Test
  void convolutionsOfWhatIsNoImageAreRefused() {
    assertEquals(
        "The setting network.convolution-channels is 16, and must be 0 where observations are not"
            + " images of rows, columns and channels, as those of Test-v0 are not.",
        assertThrows(InvalidSettingException.class, () -> network("16", List.of(4))).getMessage());
    assertEquals(
        "The setting network.convolution-channels is 16,16, which does not suit Test-v0. Images of"
            + " 4 rows and 9 columns are too small for 2 convolutions, each of which takes away 2"
            + " of both.",
        assertThrows(InvalidSettingException.class, () -> network("16,16", List.of(4, 9, 1)))
            .getMessage());
  }

  @Test
  void aNetworkIsAsLargeAsWhatItSeesOfAnObservation() {
    EnvironmentSpec frozenLake =
        EnvironmentSpec.newBuilder()
            .setId("Lake-v0")
            .setObservations(Space.newBuilder().setKind(SpaceKind.DISCRETE).addCounts(16))
            .setActions(Space.newBuilder().setKind(SpaceKind.DISCRETE).addCounts(4))
            .build();
    assertEquals(16, sizeFor(frozenLake, "auto", 1));
    assertEquals(48, sizeFor(frozenLake, "true", 3));
    assertEquals(1, sizeFor(frozenLake, "false", 1));
    String box = TestRuns.ENVIRONMENT.getId();
    assertEquals(
        "The settings observation.one-hot true and observation.stack 1 do not suit %s. The observations of %s have no categories to tell apart."
            .formatted(box, box),
        assertThrows(InvalidSettingException.class, () -> sizeFor(TestRuns.ENVIRONMENT, "true", 1))
            .getMessage());
  }

  private static int sizeFor(EnvironmentSpec environment, String oneHot, int frames) {
    Settings settings =
        Algorithm.DOUBLE_DQN
            .defaults()
            .with(
                Settings.of(
                    Map.of(
                        "observation.one-hot",
                        oneHot,
                        "observation.stack",
                        Integer.toString(frames))));
    return Algorithm.DOUBLE_DQN.settings(settings, false).network(environment).observationSize();
  }

  @Test
  void framesOfAnImageAreItsChannels() {
    Settings settings =
        Algorithm.DOUBLE_DQN
            .defaults()
            .with(
                Settings.of(Map.of("network.convolution-channels", "8", "observation.stack", "4")));
    NetworkSpec network =
        Algorithm.DOUBLE_DQN.settings(settings, false).network(images(List.of(5, 6, 2)));
    assertEquals(new Convolutions(4, 5, 6, 2, List.of(8)), network.convolutions());
    assertEquals(240, network.observationSize());
  }

  private static EnvironmentSpec images(List<Integer> shape) {
    return EnvironmentSpec.newBuilder()
        .setId("Test-v0")
        .setObservations(Space.newBuilder().setKind(SpaceKind.BOX).addAllShape(shape))
        .setActions(Space.newBuilder().setKind(SpaceKind.DISCRETE).addCounts(3))
        .build();
  }

  private static NetworkSpec network(String channels, List<Integer> shape) {
    Settings settings =
        Algorithm.ACTOR_CRITIC
            .defaults()
            .with(Settings.of(Map.of("network.convolution-channels", channels)));
    return Algorithm.ACTOR_CRITIC.settings(settings, false).network(images(shape));
  }
}
