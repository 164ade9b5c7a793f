package dev.relive.agents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.random.Generator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class CategoricalPolicyTest {
  private static final Compute COMPUTE = Compute.open(DeviceChoice.CPU);

  private static final NetworkSpec NETWORK = network(4, List.of(16));

  @AfterAll
  static void close() {
    COMPUTE.close();
  }

  @Test
  void tellsTheProbabilityOfWhatItChose() {
    Generator random = Generator.seeded(5);
    float[] weights = uniform(NETWORK.parameterCount(), random);
    float[] observations = uniform(8 * 4, random);
    PlainNetwork twin = new PlainNetwork(NETWORK);
    int[] actions = new int[8];
    float[] probabilities = new float[8];
    try (CategoricalPolicy policy = new CategoricalPolicy(COMPUTE, NETWORK, 8)) {
      policy.load(weights);
      policy.act(observations, 0, random, actions, probabilities);
    }
    for (int lane = 0; lane < 8; lane++) {
      double[] outputs =
          twin.outputs(PlainNetwork.doubles(weights), PlainNetwork.row(observations, lane, 4));
      double sum = Math.exp(outputs[0]) + Math.exp(outputs[1]) + Math.exp(outputs[2]);
      assertEquals(Math.exp(outputs[actions[lane]]) / sum, probabilities[lane], 1e-5);
    }
  }

  /**
   * One draw u per lane, taken in the actions' order: π = (½, ¼, ¼) gives 0 up to u = ½, 1 up to ¾.
   */
  @Test
  void drawsOncePerLaneInTheOrderOfTheActions() {
    int lanes = 1000;
    Generator random = Generator.seeded(5);
    Generator draws = Generator.seeded(5);
    int[] actions = new int[lanes];
    float[] probabilities = new float[lanes];
    try (CategoricalPolicy policy = new CategoricalPolicy(COMPUTE, network(1, List.of()), lanes)) {
      policy.load(new float[] {0, 0, 0, 0, (float) Math.log(2), 0, 0, 100});
      policy.act(new float[lanes], 0.7, random, actions, probabilities);
    }
    for (int lane = 0; lane < lanes; lane++) {
      double u = draws.random();
      assertEquals(u < 0.5 ? 0 : u < 0.75 ? 1 : 2, actions[lane]);
      assertEquals(u < 0.5 ? 0.5 : 0.25, probabilities[lane], 1e-6);
    }
    assertEquals(draws.state(), random.state());
  }

  @Test
  void theLikeliestActionIsTheGreedyOneWhateverTheValue() {
    int[] actions = new int[2];
    try (CategoricalPolicy policy = new CategoricalPolicy(COMPUTE, network(1, List.of()), 2)) {
      policy.load(new float[] {1, 2, 0, 9, 0, 0, 0, 9});
      policy.actGreedily(new float[] {1, -1}, actions);
    }
    assertArrayEquals(new int[] {1, 2}, actions);
  }

  @Test
  void surelyChoosesWhatIsSure() {
    int[] actions = new int[4];
    float[] probabilities = new float[4];
    try (CategoricalPolicy policy = new CategoricalPolicy(COMPUTE, network(1, List.of()), 4)) {
      policy.load(new float[] {0, 0, 0, 0, -1000, 1000, -1000, 0});
      policy.act(new float[4], 0, Generator.seeded(1), actions, probabilities);
    }
    assertArrayEquals(new int[] {1, 1, 1, 1}, actions);
    assertArrayEquals(new float[] {1, 1, 1, 1}, probabilities);
  }

  @Test
  void sameSeedSameChoices() {
    float[] weights = NETWORK.initialParameters(Generator.seeded(1));
    float[] observations = uniform(16 * 4, Generator.seeded(2));
    int[][] actions = new int[2][16];
    for (int[] choices : actions) {
      try (CategoricalPolicy policy = new CategoricalPolicy(COMPUTE, NETWORK, 16)) {
        policy.load(weights);
        policy.act(observations, 0, Generator.seeded(3), choices, new float[16]);
      }
    }
    assertArrayEquals(actions[0], actions[1]);
  }

  @Test
  void theHeadsChooseThePolicy() {
    NetworkSpec values = new NetworkSpec(4, List.of(), 2, Heads.ACTION_VALUES, Activation.TANH);
    try (ActingPolicy categorical = ActingPolicy.of(COMPUTE, NETWORK, 1);
        ActingPolicy greedy = ActingPolicy.of(COMPUTE, values, 1)) {
      assertInstanceOf(CategoricalPolicy.class, categorical);
      assertInstanceOf(QPolicy.class, greedy);
    }
    assertThrows(IllegalArgumentException.class, () -> new CategoricalPolicy(COMPUTE, values, 1));
    assertThrows(IllegalArgumentException.class, () -> new QPolicy(COMPUTE, NETWORK, 1));
  }

  private static NetworkSpec network(int observationSize, List<Integer> hiddenSizes) {
    return new NetworkSpec(
        observationSize, hiddenSizes, 3, Heads.POLICY_AND_VALUE, Activation.TANH);
  }

  private static float[] uniform(int length, Generator random) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.uniform(-1, 1);
    }
    return values;
  }
}
