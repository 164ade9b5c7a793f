package dev.relive.agents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.random.Generator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CnnTest {
  private static final Compute COMPUTE = Compute.open(DeviceChoice.CPU);

  /** Frames of 5 rows, 6 columns and 2 channels. */
  private static NetworkSpec network(
      int frames, List<Integer> filters, Heads heads, Activation activation) {
    return new NetworkSpec(
        new Convolutions(frames, 5, 6, 2, filters), List.of(7), 3, heads, activation);
  }

  @AfterAll
  static void close() {
    COMPUTE.close();
  }

  /**
   * A kernel that is 1 in one place and 0 elsewhere copies the image, shifted by that place. With
   * one filter, an image of 3 by 4 and outputs that are the two elements of the result, they say
   * which numbers of the observation the kernel sees.
   */
  @ParameterizedTest
  @CsvSource({"0, 0, 0, 0", "0, 1, 0, 0", "1, 0, 0, 0", "1, 1, 2, 1", "0, 1, 1, 2"})
  void aKernelSeesTheChannelsOfEachFrameInRowsAndColumns(
      int frame, int channel, int row, int column) {
    NetworkSpec network =
        new NetworkSpec(
            new Convolutions(2, 3, 4, 2, List.of(1)),
            List.of(),
            2,
            Heads.ACTION_VALUES,
            Activation.RELU);
    float[] kernel = new float[2 * 2 * 9];
    kernel[(2 * frame + channel) * 9 + 3 * row + column] = 1;
    float[] weights = new float[network.parameterCount()];
    System.arraycopy(kernel, 0, weights, 0, kernel.length);
    weights[kernel.length + 1] = 1; // after the bias, the matrix [[1, 0], [0, 1]]
    weights[kernel.length + 4] = 1;
    float[] observation = new float[2 * 3 * 4 * 2];
    for (int i = 0; i < observation.length; i++) {
      observation[i] = i;
    }
    try (QPolicy policy = new QPolicy(COMPUTE, network, 1)) {
      policy.load(weights);
      policy.actGreedily(observation, new int[1]);
      int seen = ((frame * 3 + row) * 4 + column) * 2 + channel;
      assertEquals(seen, policy.values().get(0));
      assertEquals(seen + 2, policy.values().get(1));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 4, 0, RELU", "1, 3, 0, TANH", "2, 3, 4, RELU", "1, 4, 2, TANH"})
  void doubleDqnAgreesWithThePlainTwin(int frames, int first, int second, Activation activation) {
    NetworkSpec network = network(frames, filters(first, second), Heads.ACTION_VALUES, activation);
    DoubleDqnSettings settings = new DoubleDqnSettings(AdamSettings.of(0.003, 0.5), 1, 3, 0.25);
    Generator random = Generator.seeded(11);
    float[] initial = network.initialParameters(random);
    PlainDoubleDqn twin = new PlainDoubleDqn(network, settings, initial);
    try (DoubleDqn learner = new DoubleDqn(COMPUTE, network, settings, initial);
        TransitionBatch batch = new TransitionBatch(COMPUTE, 16, network.observationSize())) {
      for (int update = 0; update < 8; update++) {
        PlainBatch transitions = PlainBatch.random(16, network.observationSize(), 3, random);
        transitions.writeTo(batch);
        ValueReport expected = twin.update(transitions);
        ValueReport report = learner.update(batch);
        assertEquals(expected.loss(), report.loss(), 1e-4);
        assertEquals(expected.meanValue(), report.meanValue(), 1e-4);
        assertEquals(expected.gradientNorm(), report.gradientNorm(), 1e-4);
      }
      assertArrayEquals(
          PlainNetwork.floats(twin.adam().parameters()), learner.weights().values(), 1e-4f);
      assertArrayEquals(
          PlainNetwork.floats(twin.adam().firstMoment()),
          learner.state().tensor("first_moment"),
          1e-5f);
    }
  }

  /** The twin's gradient is by central differences. */
  @ParameterizedTest
  @CsvSource({"1, 3, 0, TANH", "2, 2, 3, TANH", "1, 3, 0, RELU"})
  void actorCriticAgreesWithThePlainTwin(int frames, int first, int second, Activation activation) {
    NetworkSpec network =
        network(frames, filters(first, second), Heads.POLICY_AND_VALUE, activation);
    ActorCriticSettings settings =
        new ActorCriticSettings(
            new AdamSettings(0.02, 0.9, 0.999, 1e-3, 0.5), 0.9, 0.8, 0.5, 0.1, false, 1, 1);
    Generator random = Generator.seeded(5);
    float[] initial = network.initialParameters(random);
    PlainActorCritic twin = new PlainActorCritic(network, settings, initial);
    try (ActorCritic learner = new ActorCritic(COMPUTE, network, settings, initial);
        TrajectoryBatch batch = new TrajectoryBatch(COMPUTE, 12, network.observationSize())) {
      for (int update = 0; update < 3; update++) {
        List<PlainTrajectory> pieces =
            List.of(
                PlainTrajectory.random(4, network.observationSize(), 3, random),
                PlainTrajectory.random(2, network.observationSize(), 3, random));
        batch.clear();
        pieces.forEach(piece -> batch.append(piece.segment(), 0, piece.segment().length()));
        ActorCriticReport expected = twin.update(pieces);
        ActorCriticReport report = learner.update(batch);
        assertEquals(expected.loss(), report.loss(), 1e-4);
        assertEquals(expected.entropy(), report.entropy(), 1e-4);
        assertEquals(expected.gradientNorm(), report.gradientNorm(), 1e-4);
      }
      assertArrayEquals(
          PlainNetwork.floats(twin.adam().parameters()), learner.weights().values(), 1e-3f);
      assertArrayEquals(
          PlainNetwork.floats(twin.adam().firstMoment()),
          learner.state().tensor("first_moment"),
          1e-4f);
    }
  }

  private static List<Integer> filters(int first, int second) {
    return second == 0 ? List.of(first) : List.of(first, second);
  }

  @Test
  void theSameUpdatesGiveTheSameBits() {
    NetworkSpec network = minAtar();
    float[] initial = network.initialParameters(Generator.seeded(1));
    float[][] states = new float[2][];
    for (int i = 0; i < states.length; i++) {
      try (DoubleDqn learner =
              new DoubleDqn(COMPUTE, network, DoubleDqnSettings.DEFAULTS, initial);
          TransitionBatch batch = new TransitionBatch(COMPUTE, 32, network.observationSize())) {
        PlainBatch.random(32, network.observationSize(), 6, Generator.seeded(2)).writeTo(batch);
        for (int update = 0; update < 20; update++) {
          learner.update(batch);
        }
        states[i] = learner.state().values();
      }
    }
    assertArrayEquals(states[0], states[1]);
  }

  /** So the choice for a lane does not depend on who else acts. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aLaneAmongOthersHasTheValuesThatItHasAlone(int lane) {
    NetworkSpec network = minAtar();
    float[] weights = network.initialParameters(Generator.seeded(1));
    int size = network.observationSize();
    float[] observations = PlainBatch.random(4, size, 6, Generator.seeded(2)).observations();
    try (QPolicy four = new QPolicy(COMPUTE, network, 4);
        QPolicy one = new QPolicy(COMPUTE, network, 1)) {
      four.load(weights);
      one.load(weights);
      four.actGreedily(observations, new int[4]);
      one.actGreedily(PlainNetwork.row(observations, lane, size), new int[1]);
      for (int action = 0; action < 6; action++) {
        assertEquals(one.values().get(action), four.values().get(6 * lane + action), 1e-5f);
      }
    }
  }

  private static NetworkSpec minAtar() {
    return new NetworkSpec(
        new Convolutions(1, 10, 10, 4, List.of(16)),
        List.of(128),
        6,
        Heads.ACTION_VALUES,
        Activation.RELU);
  }
}
