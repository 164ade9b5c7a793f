package dev.relive.agents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ActorCriticTest {
  private static final Compute COMPUTE = Compute.open(DeviceChoice.CPU);

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
}
