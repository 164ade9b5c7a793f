package dev.relive.agents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.random.Generator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DoubleDqnTest {
  private static final Compute COMPUTE = Compute.open(DeviceChoice.CPU);

  private static final NetworkSpec NETWORK =
      new NetworkSpec(5, List.of(16, 12), 3, Heads.ACTION_VALUES, Activation.RELU);

  @AfterAll
  static void close() {
    COMPUTE.close();
  }

  /**
   * One observation, two actions, q(o) = o (w0, w1) + (b0, b1), worked by hand.
   *
   * <pre>
   * θ = (w0, w1, b0, b1) = (1, 2, 0, 0.5)      θ⁻ = the same before the first update
   * row 0: o = 1, a = 0, r = 1, discount 0.5, next o = 2:
   *        q(next) = (2, 4.5), the selector takes a = 1, y = 1 + 0.5 · 4.5 = 3.25, error = 2.25, clipped to 1
   * row 1: o = −1, a = 1, r = −1, discount 0 (terminal):
   *        y = −1, q = −1.5, error = 0.5
   * loss = ((2.25 − 0.5) + 0.5²/2) / 2 = 0.9375
   * dL/dq = (−1/2, 0), (0, −0.25);  gradient = (−0.5, 0.25, −0.5, −0.25), norm = √0.625
   * Adam's first step is α against each sign: θ = (1.1, 1.9, 0.1, 0.6)
   * </pre>
   */
  @Test
  void firstUpdateByHand() {
    NetworkSpec linear = new NetworkSpec(1, List.of(), 2, Heads.ACTION_VALUES, Activation.RELU);
    PlainBatch transitions =
        new PlainBatch(
            new float[] {1, -1},
            new int[] {0, 1},
            new float[] {1, -1},
            new float[] {0.5f, 0},
            new float[] {2, 7});
    try (DoubleDqn learner =
            new DoubleDqn(COMPUTE, linear, settings(0.1, 10, 100, 1), new float[] {1, 2, 0, 0.5f});
        TransitionBatch batch = batch(transitions, 1)) {
      ValueReport report = learner.update(batch);

      assertEquals(0.9375, report.loss(), 1e-6);
      assertEquals((1 - 1.5) / 2, report.meanValue(), 1e-6);
      assertEquals((2.25 + 0.5) / 2, report.meanAbsoluteTdError(), 1e-6);
      assertEquals(Math.sqrt(0.625), report.gradientNorm(), 1e-6);
      assertEquals(2.25, batch.tdErrors().get(0), 1e-6);
      assertEquals(0.5, batch.tdErrors().get(1), 1e-6);
      assertArrayEquals(new float[] {1.1f, 1.9f, 0.1f, 0.6f}, learner.weights().values(), 1e-5f);
      assertEquals(1, learner.updates());
    }
  }

  /**
   * The selector and the target network disagree: θ prefers action 1 and θ⁻ values it at 3, its own
   * preference, action 0, at 9. Double Q-learning takes 3; plain Q-learning would take 9.
   */
  @Test
  void selectsByTheOnlineNetworkAndValuesByTheTarget() {
    NetworkSpec constant = new NetworkSpec(1, List.of(), 2, Heads.ACTION_VALUES, Activation.RELU);
    PlainBatch transitions =
        new PlainBatch(
            new float[] {0}, new int[] {0}, new float[] {0}, new float[] {1}, new float[] {0});
    try (DoubleDqn learner =
            new DoubleDqn(COMPUTE, constant, settings(0.1, 10, 100, 1), new float[4]);
        TransitionBatch batch = batch(transitions, 1)) {
      float[] state = new float[16];
      state[3] = 1; // θ: b1
      state[12 + 2] = 9; // θ⁻: b0
      state[12 + 3] = 3; // θ⁻: b1
      learner.restore(Tensors.of(learner.state().specs(), state), 0);
      learner.update(batch);
      assertEquals(3, batch.tdErrors().get(0));
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void agreesWithThePlainTwin(Activation activation) {
    NetworkSpec network = new NetworkSpec(5, List.of(16, 12), 3, Heads.ACTION_VALUES, activation);
    // A low norm, so that some updates are clipped, and a target that moves twice.
    DoubleDqnSettings settings = settings(0.01, 0.25, 8, 0.25);
    Generator random = Generator.seeded(11);
    float[] initial = network.initialParameters(random);
    PlainDoubleDqn twin = new PlainDoubleDqn(network, settings, initial);
    try (DoubleDqn learner = new DoubleDqn(COMPUTE, network, settings, initial);
        TransitionBatch batch = new TransitionBatch(COMPUTE, 32, 5)) {
      int clipped = 0;
      for (int update = 0; update < 20; update++) {
        PlainBatch transitions = PlainBatch.random(32, 5, 3, random);
        transitions.writeTo(batch);
        ValueReport expected = twin.update(transitions);
        ValueReport report = learner.update(batch);
        assertEquals(expected.loss(), report.loss(), 1e-4);
        assertEquals(expected.meanValue(), report.meanValue(), 1e-4);
        assertEquals(expected.meanAbsoluteTdError(), report.meanAbsoluteTdError(), 1e-4);
        assertEquals(expected.gradientNorm(), report.gradientNorm(), 1e-4);
        clipped += report.gradientNorm() > 0.25 ? 1 : 0;
      }
      assertTrue(clipped > 0 && clipped < 20, clipped + " of 20 gradients were clipped");
      assertArrayEquals(
          PlainNetwork.floats(twin.adam().parameters()), learner.weights().values(), 1e-4f);
      Tensors state = learner.state();
      assertArrayEquals(
          PlainNetwork.floats(twin.target()), state.tensor("target_parameters"), 1e-4f);
      assertArrayEquals(
          PlainNetwork.floats(twin.adam().firstMoment()), state.tensor("first_moment"), 1e-5f);
      assertArrayEquals(
          PlainNetwork.floats(twin.adam().secondMoment()), state.tensor("second_moment"), 1e-6f);
    }
  }

  @Test
  void theTargetIsCopiedEveryIntervalAndNotBetween() {
    float[] initial = NETWORK.initialParameters(Generator.seeded(1));
    try (DoubleDqn learner = new DoubleDqn(COMPUTE, NETWORK, settings(0.01, 10, 3, 1), initial);
        TransitionBatch batch = randomBatch(2)) {
      learner.update(batch);
      learner.update(batch);
      assertArrayEquals(initial, learner.state().tensor("target_parameters"));
      learner.update(batch);
      float[] copied = learner.weights().values();
      assertArrayEquals(copied, learner.state().tensor("target_parameters"));
      learner.update(batch);
      assertArrayEquals(copied, learner.state().tensor("target_parameters"));
    }
  }

  @Test
  void aRestoredLearnerGoesOnToTheLastBit() {
    DoubleDqnSettings settings = settings(0.01, 1, 7, 1);
    float[] initial = NETWORK.initialParameters(Generator.seeded(1));
    try (DoubleDqn first = new DoubleDqn(COMPUTE, NETWORK, settings, initial);
        DoubleDqn second = new DoubleDqn(COMPUTE, NETWORK, settings, new float[initial.length]);
        TransitionBatch batch = randomBatch(2)) {
      for (int update = 0; update < 5; update++) {
        first.update(batch);
      }
      second.restore(first.state(), first.updates());
      for (int update = 0; update < 5; update++) {
        assertEquals(first.update(batch), second.update(batch));
      }
      assertEquals(10, second.updates());
      assertArrayEquals(first.state().values(), second.state().values());
    }
  }

  @Test
  void learnsAFixedBatchByHeart() {
    float[] initial = NETWORK.initialParameters(Generator.seeded(1));
    try (DoubleDqn learner = new DoubleDqn(COMPUTE, NETWORK, settings(0.003, 10, 50, 1), initial);
        TransitionBatch batch = randomBatch(2)) {
      for (int b = 0; b < batch.size(); b++) {
        batch.discounts().put(b, 0);
      }
      double before = learner.update(batch).loss();
      for (int update = 0; update < 1_000; update++) {
        learner.update(batch);
      }
      assertTrue(learner.update(batch).loss() < before / 100);
    }
  }

  @Test
  void saysWhenLearningDiverged() {
    try (DoubleDqn learner =
            new DoubleDqn(
                COMPUTE, NETWORK, settings(0.1, 1, 1, 1), new float[NETWORK.parameterCount()]);
        TransitionBatch batch = randomBatch(2)) {
      batch.rewards().put(0, Float.NaN);
      Exception e = assertThrows(IllegalStateException.class, () -> learner.update(batch));
      assertEquals("Learning diverged: the gradient's norm in update 1 is NaN.", e.getMessage());
    }
  }

  @Test
  void refusesTheStateOfAnotherNetwork() {
    NetworkSpec other = new NetworkSpec(5, List.of(16), 3, Heads.ACTION_VALUES, Activation.RELU);
    try (DoubleDqn learner = learner(NETWORK);
        DoubleDqn foreign = learner(other)) {
      assertThrows(IllegalArgumentException.class, () -> learner.restore(foreign.state(), 1));
    }
  }

  @Test
  void refusesSettingsOutOfRange() {
    Exception e = assertThrows(IllegalArgumentException.class, () -> settings(0.1, 1, 1, 1.5));
    assertEquals(
        "The target update fraction is 1.5; allowed is more than 0, at most 1.", e.getMessage());
  }

  private static DoubleDqn learner(NetworkSpec network) {
    return new DoubleDqn(
        COMPUTE, network, settings(0.01, 1, 1, 1), new float[network.parameterCount()]);
  }

  private static DoubleDqnSettings settings(
      double learningRate, double maxGradientNorm, int targetInterval, double targetFraction) {
    return new DoubleDqnSettings(
        AdamSettings.of(learningRate, maxGradientNorm), 1, targetInterval, targetFraction);
  }

  private static TransitionBatch randomBatch(long seed) {
    return batch(PlainBatch.random(32, 5, 3, Generator.seeded(seed)), 5);
  }

  private static TransitionBatch batch(PlainBatch transitions, int observationSize) {
    TransitionBatch batch = new TransitionBatch(COMPUTE, transitions.size(), observationSize);
    transitions.writeTo(batch);
    return batch;
  }
}
