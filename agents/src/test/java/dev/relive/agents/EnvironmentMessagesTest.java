package dev.relive.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.environments.Box;
import dev.relive.environments.Composite;
import dev.relive.environments.Discrete;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import dev.relive.environments.MultiBinary;
import dev.relive.environments.MultiDiscrete;
import dev.relive.log.ElementType;
import dev.relive.log.wire.Space;
import dev.relive.log.wire.SpaceKind;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EnvironmentMessagesTest {
  private final EnvironmentSpec cartPole =
      Environments.spec("CartPole-v1", Map.of("sutton_barto_reward", "true"));

  @Test
  void aMessageDescribesTheEnvironmentItWasMadeFrom() {
    assertEquals(cartPole, EnvironmentMessages.environment(EnvironmentMessages.message(cartPole)));
  }

  @Test
  void anotherEpisodeLimitAndNoThresholdAreKept() {
    EnvironmentSpec longer =
        new EnvironmentSpec(
            cartPole.id(),
            cartPole.options(),
            777,
            OptionalDouble.empty(),
            cartPole.observationSpace(),
            cartPole.actionSpace());

    dev.relive.log.wire.EnvironmentSpec message = EnvironmentMessages.message(longer);

    assertFalse(message.hasRewardThreshold());
    assertEquals(longer, EnvironmentMessages.environment(message));
  }

  @Test
  void spacesSayHowTheLogStoresTheirValues() {
    dev.relive.log.wire.EnvironmentSpec message = EnvironmentMessages.message(cartPole);

    Space actions = message.getActions();
    assertEquals(SpaceKind.DISCRETE, actions.getKind());
    assertEquals(List.of(2L), actions.getCountsList());
    assertEquals(ElementType.UINT8.wire(), actions.getType());
    assertEquals(0, actions.getShapeCount());
    Space observations = message.getObservations();
    assertEquals(SpaceKind.BOX, observations.getKind());
    assertEquals(List.of(4), observations.getShapeList());
    assertEquals(ElementType.FLOAT32.wire(), observations.getType());
    assertEquals(4, observations.getLowCount());
  }

  @Test
  void equalBoundsAreWrittenOnce() {
    float[] low = {-1, -1};
    float[] high = {2, 2};
    EnvironmentSpec box =
        new EnvironmentSpec(
            "test",
            Map.of(),
            0,
            OptionalDouble.empty(),
            new Box(new int[] {2}, low, high),
            new Discrete(1));

    Space observations = EnvironmentMessages.message(box).getObservations();

    assertEquals(List.of(-1.0), observations.getLowList());
    assertEquals(List.of(2.0), observations.getHighList());
  }

  @Test
  void wrappersTravelAsTheOptionsThatChooseThem() {
    EnvironmentSpec wrapped =
        Environments.spec(
            "CartPole-v1",
            Map.of("sticky_actions", "0.25", "action_repeat", "4", "max_episode_steps", "100"));

    dev.relive.log.wire.EnvironmentSpec message = EnvironmentMessages.message(wrapped);

    assertEquals(
        List.of("sticky_actions=0.25", "action_repeat=4"), List.copyOf(message.getWrappersList()));
    assertEquals(wrapped, EnvironmentMessages.environment(message));
  }

  @Test
  void severalIntegersAndPartsAreStoredAsNarrowAsTheyAre() {
    EnvironmentSpec parts =
        new EnvironmentSpec(
            "test",
            Map.of(),
            0,
            OptionalDouble.empty(),
            new Composite(
                List.of(
                    new Composite.Part("a", new Discrete(3, 1)),
                    new Composite.Part("b", new MultiBinary(2)))),
            new MultiDiscrete(2, 300));

    dev.relive.log.wire.EnvironmentSpec message = EnvironmentMessages.message(parts);

    Space observations = message.getObservations();
    assertEquals(SpaceKind.BOX, observations.getKind());
    assertEquals(ElementType.UINT8.wire(), observations.getType());
    assertEquals(List.of(3), observations.getShapeList());
    assertEquals(List.of(1.0, 0.0, 0.0), observations.getLowList());
    assertEquals(List.of(3.0, 1.0, 1.0), observations.getHighList());
    assertEquals(List.of("a", "b"), List.copyOf(observations.getPartNamesList()));
    assertEquals(List.of(1, 2), observations.getPartSizesList());
    assertEquals(List.of(3L, 0L, 0L), observations.getCountsList());
    assertEquals(SpaceKind.MULTI_DISCRETE, message.getActions().getKind());
    assertEquals(List.of(2L, 300L), message.getActions().getCountsList());
    assertEquals(ElementType.INT32.wire(), message.getActions().getType());
    assertEquals(ElementType.BIT, EnvironmentMessages.elementType(new MultiBinary(10, 10, 4)));
  }

  @Test
  void discreteActionsAreBytesWhereAllFit() {
    assertEquals(ElementType.UINT8, EnvironmentMessages.elementType(new Discrete(256)));
    assertEquals(ElementType.INT32, EnvironmentMessages.elementType(new Discrete(257)));
    assertEquals(ElementType.INT32, EnvironmentMessages.elementType(new Discrete(256, 1)));
    assertEquals(ElementType.INT32, EnvironmentMessages.elementType(new Discrete(2, -1)));
    assertEquals(
        ElementType.INT32, EnvironmentMessages.elementType(new Discrete(1, Integer.MAX_VALUE)));
  }

  @Test
  void anEnvironmentThatIsAnotherHereIsRefused() {
    dev.relive.log.wire.EnvironmentSpec.Builder message =
        EnvironmentMessages.message(cartPole).toBuilder();
    message.getActionsBuilder().setCounts(0, 3);

    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> EnvironmentMessages.environment(message.build()));

    assertTrue(String.valueOf(refusal.getMessage()).contains("CartPole-v1"));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            EnvironmentMessages.environment(
                EnvironmentMessages.message(cartPole).toBuilder().addWrappers("x").build()));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            EnvironmentMessages.environment(
                EnvironmentMessages.message(cartPole).toBuilder().setId("NoPole-v0").build()));
  }
}
