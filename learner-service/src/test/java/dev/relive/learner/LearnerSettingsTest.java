package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.agents.Activation;
import dev.relive.agents.ActorCriticSettings;
import dev.relive.agents.DoubleDqnSettings;
import dev.relive.log.InvalidSettingException;
import dev.relive.log.Settings;
import java.util.Map;
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
}
