package dev.relive.environments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.environments.Environment.Step;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
  private static final EnvironmentSpec CART_POLE = Environments.spec("CartPole-v1");

  private final Environment environment = Environments.environment(CART_POLE);

  @Test
  void refusesToStepWithoutAnEpisode() {
    assertState("CartPole-v1 has no episode to step: reset it first.", () -> environment.step(0));
    environment.reset(0);
    while (!environment.step(0).ended()) {
      assertTrue(environment.spec().maxEpisodeSteps() > 0);
    }
    assertState("CartPole-v1 has no episode to step: reset it first.", () -> environment.step(0));
    environment.reset();
    assertFalse(environment.step(0).ended());
  }

  @Test
  void needsASeedOnce() {
    assertState(
        "CartPole-v1 has no random stream yet: its first reset needs a seed.", environment::reset);
    environment.reset(4);
    environment.reset();
  }

  @Test
  void seedsStartTheStreamAnewAndUnseededResetsGoOnWithIt() {
    float[] first = environment.reset(4);
    float[] second = environment.reset();
    assertFalse(Arrays.equals(first, second));
    assertArrayEquals(first, environment.reset(4));
    assertArrayEquals(second, environment.reset());
  }

  @Test
  void theLongestEpisodeIsTruncatedAlsoInTheStepThatTerminatesIt() {
    int length = lengthOfPushingLeft(CART_POLE);
    Step terminated = lastStepOfPushingLeft(withLongestEpisode(length + 1));
    assertTrue(terminated.terminated());
    assertFalse(terminated.truncated());
    Step both = lastStepOfPushingLeft(withLongestEpisode(length));
    assertTrue(both.terminated());
    assertTrue(both.truncated());
    Step truncated = lastStepOfPushingLeft(withLongestEpisode(length - 1));
    assertFalse(truncated.terminated());
    assertTrue(truncated.truncated());
  }

  @Test
  void withoutALongestEpisodeOnlyTheTaskEndsIt() {
    assertEquals(lengthOfPushingLeft(CART_POLE), lengthOfPushingLeft(withLongestEpisode(0)));
  }

  @Test
  void observationsGivenAreNotOverwritten() {
    float[] first = environment.reset(0);
    float[] copy = first.clone();
    assertNotSame(first, environment.step(1).observation());
    assertArrayEquals(copy, first);
  }

  @Test
  void refusesOtherActions() {
    environment.reset(0);
    assertArgument(
        "An action of CartPole-v1 must be in Discrete(2), and is 2.", () -> environment.step(2));
    assertArgument(
        "CartPole-v1 takes an action for each of its 1 lanes, and got 2.",
        () -> environment.step(0, 1));
    assertState(
        "The actions of CartPole-v1 are of Discrete(2), and got float actions.",
        () -> environment.step(0.5f));
  }

  @Test
  void refusesOtherResets() {
    assertArgument(
        "A seed must be an integer of 0 or more, and is -1.", () -> environment.reset(-1));
    assertArgument(
        "CartPole-v1 has no reset option 'lo'; there are: low, high.",
        () -> environment.reset(0L, Map.of("lo", "0")));
    assertArgument(
        "The reset option 'low' of CartPole-v1 must be a finite number, and is 'NaN'.",
        () -> environment.reset(0L, Map.of("low", "NaN")));
    assertArgument(
        "The reset option low must not be above high, and they are 1.0 and 0.05.",
        () -> environment.reset(0L, Map.of("low", "1")));
  }

  private static EnvironmentSpec withLongestEpisode(int steps) {
    return new EnvironmentSpec(
        CART_POLE.id(),
        CART_POLE.options(),
        steps,
        CART_POLE.rewardThreshold(),
        CART_POLE.observationSpace(),
        CART_POLE.actionSpace());
  }

  private static int lengthOfPushingLeft(EnvironmentSpec spec) {
    Environment environment = Environments.environment(spec);
    environment.reset(0);
    int length = 1;
    while (!environment.step(0).ended()) {
      length++;
    }
    return length;
  }

  private static Step lastStepOfPushingLeft(EnvironmentSpec spec) {
    Environment environment = Environments.environment(spec);
    environment.reset(0);
    while (true) {
      Step step = environment.step(0);
      if (step.ended()) {
        return step;
      }
    }
  }

  private static void assertArgument(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  private static void assertState(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalStateException.class, call::run).getMessage());
  }
}
