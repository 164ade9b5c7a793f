package dev.relive.agents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.random.Generator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActorCriticTest {
  private static final Compute COMPUTE = Compute.open(DeviceChoice.CPU);

  private static final NetworkSpec NETWORK =
      new NetworkSpec(4, List.of(8, 6), 3, Heads.POLICY_AND_VALUE, Activation.TANH);

  @AfterAll
  static void close() {
    COMPUTE.close();
  }

  /**
   * One observation, two actions, π = (½, ½) and v(o) = o; γ = ½, λ = ½, worked by hand.
   *
   * <pre>
   * piece 1: o = 1, 2 and then 4; a = 0, 1; r = 1, 2
   *          δ = 1 + ½·2 − 1 = 1, 2 + ½·4 − 2 = 2;  A = 1 + ¼·2 = 1.5, 2
   * piece 2: o = 2 and then 8, terminal; a = 0; r = 1
   *          δ = A = 1 − 2 = −1
   * targets = v + A = 2.5, 4, 1;  Var(A) = 31/18, Var(targets) = 3/2
   * dL/dlogits = (π − onehot) A / 3 = (−¼, ¼), (⅓, −⅓), (1/6, −1/6)
   * dL/dv = −½ A / 3 = −¼, −⅓, 1/6
   * gradient of (w, b) = (¾, −¾, −7/12), (¼, −¼, −5/12), norm = √(127/72)
   * Adam's first step is α against each sign
   * </pre>
   */
  @Test
  void firstUpdateByHand() {
    NetworkSpec linear = new NetworkSpec(1, List.of(), 2, Heads.POLICY_AND_VALUE, Activation.RELU);
    ActorCriticSettings settings =
        new ActorCriticSettings(AdamSettings.of(0.1, 10), 0.5, 0.5, 0.5, 0, false, 1, 1);
    PlainTrajectory first =
        new PlainTrajectory(
            new float[][] {{1}, {2}, {4}},
            new int[] {0, 1},
            new float[] {1, 2},
            new float[] {0.5f, 0.5f},
            false);
    PlainTrajectory second =
        new PlainTrajectory(
            new float[][] {{2}, {8}}, new int[] {0}, new float[] {1}, new float[] {0.25f}, true);
    try (ActorCritic learner =
            new ActorCritic(COMPUTE, linear, settings, new float[] {0, 0, 1, 0, 0, 0});
        TrajectoryBatch batch = new TrajectoryBatch(COMPUTE, 8, 1)) {
      batch.append(first.segment(), 0, 2);
      batch.append(second.segment(), 0, 1);
      ActorCriticReport report = learner.update(batch);

      double policyLoss = Math.log(2) * (1.5 + 2 - 1) / 3;
      double valueLoss = (1.5 * 1.5 + 2 * 2 + 1) / 6;
      assertEquals(policyLoss, report.policyLoss(), 1e-6);
      assertEquals(valueLoss, report.valueLoss(), 1e-6);
      assertEquals(policyLoss + valueLoss / 2, report.loss(), 1e-6);
      assertEquals(Math.log(2), report.entropy(), 1e-6);
      assertEquals((1 + 2 + 2) / 3.0, report.meanValue(), 1e-6);
      assertEquals(1 - 31 / 18.0 / 1.5, report.explainedVariance(), 1e-6);
      assertEquals((1.5 + 2 + 1) / 3, report.meanAbsoluteAdvantage(), 1e-6);
      assertEquals((1 + 1 + 2) / 3.0, report.meanRatio(), 1e-6);
      assertEquals(Math.sqrt(127 / 72.0), report.gradientNorm(), 1e-6);
      assertArrayEquals(
          new float[] {-0.1f, 0.1f, 1.1f, -0.1f, 0.1f, 0.1f}, learner.weights().values(), 1e-5f);
      assertEquals(1, learner.updates());
    }
  }

  @ParameterizedTest
  @CsvSource({"TANH, false, 0.25", "TANH, true, 0.12", "RELU, true, 0.12"})
  void agreesWithThePlainTwin(Activation activation, boolean corrects, double maxNorm) {
    NetworkSpec network = new NetworkSpec(4, List.of(8, 6), 3, Heads.POLICY_AND_VALUE, activation);
    // A low norm, so that some of the gradients are clipped, and an ε that keeps Adam from making a
    // whole step of a gradient that is but rounding.
    ActorCriticSettings settings =
        new ActorCriticSettings(
            new AdamSettings(0.02, 0.9, 0.999, 1e-3, maxNorm),
            0.9,
            0.8,
            0.5,
            0.1,
            corrects,
            1.5,
            1);
    Generator random = Generator.seeded(11);
    float[] initial = network.initialParameters(random);
    PlainActorCritic twin = new PlainActorCritic(network, settings, initial);
    try (ActorCritic learner = new ActorCritic(COMPUTE, network, settings, initial);
        TrajectoryBatch batch = new TrajectoryBatch(COMPUTE, 60, 4)) {
      int clipped = 0;
      for (int update = 0; update < 12; update++) {
        List<PlainTrajectory> pieces = raggedPieces(random);
        fill(batch, pieces);
        ActorCriticReport expected = twin.update(pieces);
        ActorCriticReport report = learner.update(batch);
        assertEquals(expected.loss(), report.loss(), 1e-4);
        assertEquals(expected.policyLoss(), report.policyLoss(), 1e-4);
        assertEquals(expected.valueLoss(), report.valueLoss(), 1e-4);
        assertEquals(expected.entropy(), report.entropy(), 1e-4);
        assertEquals(expected.meanValue(), report.meanValue(), 1e-4);
        assertEquals(expected.explainedVariance(), report.explainedVariance(), 1e-3);
        assertEquals(expected.meanAbsoluteAdvantage(), report.meanAbsoluteAdvantage(), 1e-4);
        assertEquals(expected.meanRatio(), report.meanRatio(), 1e-4);
        assertEquals(expected.gradientNorm(), report.gradientNorm(), 1e-4);
        clipped += report.gradientNorm() > maxNorm ? 1 : 0;
      }
      assertTrue(clipped > 0 && clipped < 12, clipped + " of 12 gradients were clipped");
      assertArrayEquals(
          PlainNetwork.floats(twin.adam().parameters()), learner.weights().values(), 1e-3f);
      Tensors state = learner.state();
      assertArrayEquals(
          PlainNetwork.floats(twin.adam().firstMoment()), state.tensor("first_moment"), 1e-4f);
      assertArrayEquals(
          PlainNetwork.floats(twin.adam().secondMoment()), state.tensor("second_moment"), 1e-5f);
    }
  }

  /** The ratios are 1 because the behaviour's probabilities are those of the learner itself. */
  @Test
  void correctingABatchOfItsOwnChangesNothing() {
    float[] initial = NETWORK.initialParameters(Generator.seeded(1));
    PlainNetwork mlp = new PlainNetwork(NETWORK);
    PlainTrajectory piece = PlainTrajectory.random(20, 4, 3, Generator.seeded(2));
    for (int t = 0; t < piece.length(); t++) {
      double[] outputs = mlp.outputs(PlainNetwork.doubles(initial), piece.observations()[t]);
      double sum = 0;
      for (int action = 0; action < 3; action++) {
        sum += Math.exp(outputs[action]);
      }
      piece.probabilities()[t] = (float) (Math.exp(outputs[piece.actions()[t]]) / sum);
    }
    try (ActorCritic corrects = new ActorCritic(COMPUTE, NETWORK, settings(0.01, true), initial);
        ActorCritic trusts = new ActorCritic(COMPUTE, NETWORK, settings(0.01, false), initial);
        TrajectoryBatch batch = new TrajectoryBatch(COMPUTE, 20, 4)) {
      fill(batch, List.of(piece));
      ActorCriticReport corrected = corrects.update(batch);
      ActorCriticReport trusted = trusts.update(batch);
      assertEquals(1, corrected.meanRatio(), 1e-5);
      assertEquals(trusted.loss(), corrected.loss(), 1e-5);
      assertEquals(trusted.gradientNorm(), corrected.gradientNorm(), 1e-5);
    }
  }

  @Test
  void sameBatchesSameLearnerToTheLastBit() {
    float[][] states = new float[2][];
    for (int i = 0; i < states.length; i++) {
      Generator random = Generator.seeded(5);
      try (ActorCritic learner =
              new ActorCritic(
                  COMPUTE, NETWORK, settings(0.01, true), NETWORK.initialParameters(random));
          TrajectoryBatch batch = new TrajectoryBatch(COMPUTE, 60, 4)) {
        for (int update = 0; update < 50; update++) {
          fill(batch, raggedPieces(random));
          learner.update(batch);
        }
        states[i] = learner.state().values();
      }
    }
    assertArrayEquals(states[0], states[1]);
  }

  @Test
  void aRestoredLearnerGoesOnToTheLastBit() {
    float[] initial = NETWORK.initialParameters(Generator.seeded(1));
    try (ActorCritic first = new ActorCritic(COMPUTE, NETWORK, settings(0.01, true), initial);
        ActorCritic second =
            new ActorCritic(COMPUTE, NETWORK, settings(0.01, true), new float[initial.length]);
        TrajectoryBatch batch = new TrajectoryBatch(COMPUTE, 60, 4)) {
      fill(batch, raggedPieces(Generator.seeded(2)));
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

  /** A batch that held more before must not remember it. */
  @Test
  void aBatchIsUsedAgain() {
    float[] initial = NETWORK.initialParameters(Generator.seeded(1));
    PlainTrajectory piece = PlainTrajectory.random(3, 4, 3, Generator.seeded(2));
    try (ActorCritic first = new ActorCritic(COMPUTE, NETWORK, settings(0.01, true), initial);
        ActorCritic second = new ActorCritic(COMPUTE, NETWORK, settings(0.01, true), initial);
        TrajectoryBatch used = new TrajectoryBatch(COMPUTE, 60, 4);
        TrajectoryBatch fresh = new TrajectoryBatch(COMPUTE, 3, 4)) {
      fill(used, raggedPieces(Generator.seeded(3)));
      fill(used, List.of(piece));
      fill(fresh, List.of(piece));
      assertEquals(first.update(fresh), second.update(used));
      assertArrayEquals(first.state().values(), second.state().values());
    }
  }

  /**
   * Two actions, the second of which pays; the batches were made by a policy that knows nothing.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void learnsToTakeWhatPays(boolean corrects) {
    NetworkSpec network =
        new NetworkSpec(1, List.of(8), 2, Heads.POLICY_AND_VALUE, Activation.TANH);
    float[] initial = network.initialParameters(Generator.seeded(1));
    Generator random = Generator.seeded(2);
    try (ActorCritic learner =
            new ActorCritic(COMPUTE, network, settings(0.01, corrects), initial);
        TrajectoryBatch batch = new TrajectoryBatch(COMPUTE, 32, 1);
        CategoricalPolicy policy = new CategoricalPolicy(COMPUTE, network, 1)) {
      for (int update = 0; update < 200; update++) {
        batch.clear();
        while (!batch.isFull()) {
          int action = random.integers(2);
          batch.append(oneStep(action, action).segment(), 0, 1);
        }
        learner.update(batch);
      }
      policy.load(learner.weights().values());
      float[] probability = new float[1];
      int[] action = new int[1];
      policy.act(new float[] {1}, 0, Generator.seeded(3), action, probability);
      assertEquals(1, action[0]);
      assertTrue(probability[0] > 0.9, "the chance of what pays is " + probability[0]);
    }
  }

  private static PlainTrajectory oneStep(int action, float reward) {
    return new PlainTrajectory(
        new float[][] {{1}, {1}},
        new int[] {action},
        new float[] {reward},
        new float[] {0.5f},
        true);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void memoryStaysFlat() throws IOException {
    NetworkSpec network =
        new NetworkSpec(4, List.of(64), 2, Heads.POLICY_AND_VALUE, Activation.TANH);
    try (ActorCritic learner =
            new ActorCritic(
                COMPUTE,
                network,
                settings(0.001, true),
                network.initialParameters(Generator.seeded(1)));
        TrajectoryBatch batch = new TrajectoryBatch(COMPUTE, 512, 4)) {
      fill(batch, List.of(PlainTrajectory.random(512, 4, 2, Generator.seeded(2))));
      update(learner, batch, 300);
      long before = residentBytes();
      update(learner, batch, 1_500);
      // One layer's activations kept at every update would be 197 MB.
      assertTrue(residentBytes() - before < 64 << 20, before + " became " + residentBytes());
    }
  }

  private static void update(ActorCritic learner, TrajectoryBatch batch, int times) {
    for (int update = 0; update < times; update++) {
      learner.update(batch);
    }
  }

  private static long residentBytes() throws IOException {
    String status = Files.readString(Path.of("/proc/self/status"));
    String resident =
        status.lines().filter(line -> line.startsWith("VmRSS:")).findFirst().orElseThrow();
    return Long.parseLong(resident.replaceAll("\\D", "")) << 10;
  }

  @Test
  void saysWhenLearningDiverged() {
    PlainTrajectory piece = PlainTrajectory.random(5, 4, 3, Generator.seeded(2));
    piece.rewards()[2] = Float.NaN;
    try (ActorCritic learner = learner(NETWORK);
        TrajectoryBatch batch = new TrajectoryBatch(COMPUTE, 5, 4)) {
      fill(batch, List.of(piece));
      Exception e = assertThrows(IllegalStateException.class, () -> learner.update(batch));
      assertEquals("Learning diverged: the gradient's norm in update 1 is NaN.", e.getMessage());
    }
  }

  @Test
  void refusesABatchWithoutSteps() {
    try (ActorCritic learner = learner(NETWORK);
        TrajectoryBatch batch = new TrajectoryBatch(COMPUTE, 5, 4)) {
      Exception e = assertThrows(IllegalArgumentException.class, () -> learner.update(batch));
      assertEquals("A batch without steps cannot be learned from.", e.getMessage());
      assertEquals(0, learner.updates());
    }
  }

  @Test
  void refusesTheStateOfAnotherAlgorithmAndTheHeadsOfOne() {
    NetworkSpec values = new NetworkSpec(4, List.of(8, 6), 4, Heads.ACTION_VALUES, Activation.TANH);
    float[] initial = new float[values.parameterCount()];
    try (ActorCritic learner = learner(NETWORK);
        DoubleDqn foreign = new DoubleDqn(COMPUTE, values, DoubleDqnSettings.DEFAULTS, initial)) {
      assertThrows(IllegalArgumentException.class, () -> learner.restore(foreign.state(), 1));
      Exception e = assertThrows(IllegalArgumentException.class, () -> learner(values));
      assertEquals(
          "A network with the heads ACTION_VALUES cannot be used where POLICY_AND_VALUE is needed.",
          e.getMessage());
    }
  }

  @Test
  void refusesSettingsOutOfRange() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ActorCriticSettings(AdamSettings.of(0.1, 1), 0.9, 1.5, 0.5, 0, false, 1, 1));
    assertEquals("The lambda is 1.5; allowed is 0 to 1.", e.getMessage());
  }

  private static ActorCritic learner(NetworkSpec network) {
    return new ActorCritic(
        COMPUTE, network, settings(0.01, false), new float[network.parameterCount()]);
  }

  private static ActorCriticSettings settings(double learningRate, boolean corrects) {
    return new ActorCriticSettings(
        AdamSettings.of(learningRate, 1), 0.9, 0.9, 0.5, 0.01, corrects, 1, 1);
  }

  /** Pieces of 1 to 20 steps, together less than 60. */
  private static List<PlainTrajectory> raggedPieces(Generator random) {
    List<PlainTrajectory> pieces = new ArrayList<>();
    for (int steps = 0, length; steps + 20 < 60; steps += length) {
      length = 1 + random.integers(20);
      pieces.add(PlainTrajectory.random(length, 4, 3, random));
    }
    return pieces;
  }

  private static void fill(TrajectoryBatch batch, List<PlainTrajectory> pieces) {
    batch.clear();
    pieces.forEach(piece -> batch.append(piece.segment(), 0, piece.length()));
  }
}
