package dev.relive.producers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.relive.agents.Activation;
import dev.relive.agents.CategoricalPolicy;
import dev.relive.agents.EnvironmentMessages;
import dev.relive.agents.Heads;
import dev.relive.agents.NetworkSpec;
import dev.relive.agents.Normalisation;
import dev.relive.agents.ObservationEncoder;
import dev.relive.agents.ObservationEncoding;
import dev.relive.agents.OneHot;
import dev.relive.agents.PreprocessingMessages;
import dev.relive.agents.QPolicy;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.Environments;
import dev.relive.environments.VectorEnvironment;
import dev.relive.environments.random.Generator;
import dev.relive.log.wire.Policy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PublishedPolicyTest {
  private static final int LANES = 16;

  private final Compute compute = Compute.open(DeviceChoice.CPU);
  private final PolicyDelays delays = new PolicyDelays(seconds -> {});
  private final VectorEnvironment environment =
      Environments.vector(Environments.spec("CartPole-v1"), LANES);
  private final PublishedPolicy policy =
      new PublishedPolicy(
          compute,
          environment,
          Generator.seeded(1),
          InstantSource.fixed(Instant.ofEpochSecond(100)),
          delays);
  private final float[] observations = observations();
  private final int[] actions = new int[LANES];
  private final float[] probabilities = new float[LANES];

  @AfterEach
  void close() {
    policy.close();
    environment.close();
    compute.close();
  }

  @Test
  void thereIsNoPolicyBeforeTheFirst() {
    assertFalse(policy.refresh());
    assertEquals(0, policy.version());
  }

  @Test
  void itActsAsTheNetworkOfTheNewestPolicyDoes() {
    policy.offer(TestRun.policy("run", 3, 0.5));
    policy.offer(TestRun.policy("run", 4, 0.25));

    assertTrue(policy.refresh());
    policy.act(observations, actions, probabilities);

    assertEquals(4, policy.version());
    assertEquals(0.25, policy.epsilon());
    assertArrayEquals(actionsOf(4, 0.25), actions);
  }

  @Test
  void weightsChangeOnlyWhenRefreshed() {
    policy.offer(TestRun.policy("run", 3, 0));
    assertTrue(policy.refresh());
    policy.offer(TestRun.policy("run", 4, 0));

    policy.act(observations, actions, probabilities);
    assertEquals(3, policy.version());
    assertArrayEquals(actionsOf(3, 0), actions);

    assertTrue(policy.refresh());
    policy.act(observations, actions, probabilities);
    assertEquals(4, policy.version());
    assertArrayEquals(actionsOf(4, 0), actions);
  }

  @Test
  void aDamagedPolicyIsRefusedAndTheOneBeforeActsOn() {
    policy.offer(TestRun.policy("run", 3, 0));
    assertTrue(policy.refresh());

    policy.offer(damaged(TestRun.policy("run", 4, 0)));

    assertTrue(policy.refresh());
    assertEquals(3, policy.version());
    assertEquals(1, policy.refused());
  }

  @Test
  void categoricalPoliciesActByTheirNetworksProbabilities() {
    NetworkSpec network =
        new NetworkSpec(4, List.of(8), 2, Heads.POLICY_AND_VALUE, Activation.RELU);
    float[] weights = network.initialParameters(Generator.seeded(3));
    policy.offer(TestRun.policy("run", 3, 0));
    assertTrue(policy.refresh());
    policy.offer(TestRun.policy("run", 4, network, weights));

    assertTrue(policy.refresh());
    policy.act(observations, actions, probabilities);

    int[] chosen = new int[LANES];
    float[] with = new float[LANES];
    try (CategoricalPolicy same = new CategoricalPolicy(compute, network, LANES)) {
      same.load(weights);
      same.act(observations, 0, Generator.seeded(1), chosen, with);
    }
    assertArrayEquals(chosen, actions);
    assertArrayEquals(with, probabilities);
  }

  @Test
  void theFirstStepOfAPolicyIsTimedFromItsPublication() {
    Policy published = TestRun.policy("run", 3, 0).toBuilder().setAtMicros(99_750_000).build();
    policy.offer(published);
    assertTrue(policy.refresh());
    assertEquals(0, delays.seconds().length);

    policy.act(observations, actions, probabilities);
    policy.act(observations, actions, probabilities);

    assertArrayEquals(new double[] {0.25}, delays.seconds());
  }

  @Test
  void aPolicyThatTellsNoTimeIsNotTimed() {
    policy.offer(TestRun.policy("run", 3, 0));
    assertTrue(policy.refresh());

    policy.act(observations, actions, probabilities);

    assertEquals(0, delays.seconds().length);
  }

  /** Beside frames kept by hand, over steps in which episodes end. */
  @Test
  void theNetworkSeesTheFramesOfEachEpisodeAndTheStatisticsOfItsPolicy() {
    NetworkSpec network = new NetworkSpec(8, List.of(8), 2, Heads.ACTION_VALUES, Activation.RELU);
    float[] weights = network.initialParameters(Generator.seeded(3));
    ObservationEncoder encoder =
        new ObservationEncoder(
            ObservationEncoding.of(
                EnvironmentMessages.message(environment.spec()), OneHot.AUTO, 2, true));
    encoder.use(new Normalisation(new float[] {0, 0, 0.1f, 0}, new float[] {1, 0.5f, 0.1f, 2}));
    policy.offer(
        TestRun.policy("run", 3, network, weights).toBuilder()
            .setPreprocessing(PreprocessingMessages.message(encoder))
            .build());
    assertTrue(policy.refresh());

    environment.reset(7);
    float[] before = environment.observations().clone();
    int ends = 0;
    try (QPolicy plain = new QPolicy(compute, network, LANES)) {
      plain.load(weights);
      for (int step = 0; step < 60; step++) {
        float[] now = environment.observations();
        float[] seen = new float[LANES * 8];
        for (int lane = 0; lane < LANES; lane++) {
          boolean begins = step == 0 || environment.terminated()[lane];
          ends += begins && step > 0 ? 1 : 0;
          encoder.encode(begins ? now : before, 4 * lane, seen, 8 * lane);
          encoder.encode(now, 4 * lane, seen, 8 * lane + 4);
        }
        before = now.clone();
        int[] expected = new int[LANES];
        plain.actGreedily(seen, expected);
        policy.act(now, actions, probabilities);
        assertArrayEquals(expected, actions, "step " + step);
        environment.step(actions);
      }
    }
    assertTrue(ends > 10, ends + " episodes ended");
  }

  private static Policy damaged(Policy policy) {
    byte[] weights = policy.getWeights().getSafetensors().toByteArray();
    weights[weights.length - 1] ^= 1;
    Policy.Builder builder = policy.toBuilder();
    builder.getWeightsBuilder().setSafetensors(ByteString.copyFrom(weights));
    return builder.build();
  }

  /** What the same network chooses without this class, drawing from an equal stream. */
  private int[] actionsOf(long version, double epsilon) {
    int[] chosen = new int[LANES];
    try (QPolicy network = new QPolicy(compute, TestRun.NETWORK, LANES)) {
      network.load(TestRun.NETWORK.initialParameters(Generator.seeded(version)));
      network.act(observations, epsilon, Generator.seeded(1), chosen, new float[LANES]);
    }
    return chosen;
  }

  private static float[] observations() {
    Generator random = Generator.seeded(5);
    float[] rows = new float[LANES * 4];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.uniform(-2, 2);
    }
    return rows;
  }
}
