package dev.relive.agents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.IValue;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.agents.torch.HostTensor;
import dev.relive.agents.torch.TorchScript;
import dev.relive.environments.random.Generator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** {@code VTrace.py} beside {@link PlainReturns}. */
class VTraceTest {
  // Never closed: two test engines run this class, and neither knows which is the last.
  private static final Compute COMPUTE = Compute.open(DeviceChoice.CPU);

  /** What V-trace makes of a trajectory's steps. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Traced(double[] errors, double[] advantages) {}

  /**
   * λ = 1, γ = ½, ρ̄ = c̄ = 1; v = 1, 2 and then 4, r = 1, 2, π/μ = 2, ½, worked by hand.
   *
   * <pre>
   * δ_1 = ½ (2 + ½·4 − 2) = 1                 error_1 = 1,  target 3
   * δ_0 = 1 (1 + ½·2 − 1) = 1                 error_0 = 1 + ½·1·1 = 1.5
   * A_1 = ½ (2 + ½·4 − 2) = 1,  A_0 = 1 (1 + ½·3 − 1) = 1.5
   * </pre>
   *
   * With λ = ½: error_0 = 1 + ½·½·1 = 1.25 and A_0 = 1 + ½ (½·3 + ½·2) − 1 = 1.25.
   */
  @Test
  void twoStepsByHand() {
    PlainReturns steps =
        new PlainReturns(new double[] {1, 2, 4}, new double[] {1, 2}, new double[] {0.5, 0.5});
    double[] ratios = {2, 0.5};

    Traced all = trace(List.of(steps), List.of(ratios), 1, 1, 1).get(0);
    assertArrayEquals(new double[] {1.5, 1}, all.errors());
    assertArrayEquals(new double[] {1.5, 1}, all.advantages());

    Traced half = trace(List.of(steps), List.of(ratios), 0.5, 1, 1).get(0);
    assertArrayEquals(new double[] {1.25, 1}, half.errors());
    assertArrayEquals(new double[] {1.25, 1}, half.advantages());
  }

  @Property(tries = 100)
  void isThePapersRecursion(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 70) Integer> lengths,
      @ForAll @DoubleRange(min = 0, max = 1) double lambda,
      @ForAll @DoubleRange(min = 1, max = 3) double maxRho,
      @ForAll @DoubleRange(min = 1, max = 3) double maxC,
      @ForAll @IntRange int seed) {
    Generator random = Generator.seeded(seed);
    List<PlainReturns> pieces = lengths.stream().map(length -> random(length, random)).toList();
    List<double[]> ratios = lengths.stream().map(length -> ratios(length, random)).toList();
    List<Traced> traced = trace(pieces, ratios, lambda, maxRho, maxC);
    for (int i = 0; i < pieces.size(); i++) {
      PlainReturns piece = pieces.get(i);
      double[] targets = piece.vTraceTargets(ratios.get(i), lambda, maxRho, maxC);
      double[] errors = new double[piece.length()];
      Arrays.setAll(errors, t -> targets[t] - piece.values()[t]);
      double[] advantages = piece.vTraceAdvantages(ratios.get(i), lambda, maxRho, maxC);
      assertClose(errors, traced.get(i).errors());
      assertClose(advantages, traced.get(i).advantages());
    }
  }

  @Property(tries = 100)
  void withRatiosOfOneItIsGeneralizedAdvantageEstimation(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 70) Integer> lengths,
      @ForAll @DoubleRange(min = 0, max = 1) double lambda,
      @ForAll @IntRange int seed) {
    Generator random = Generator.seeded(seed);
    List<PlainReturns> pieces = lengths.stream().map(length -> random(length, random)).toList();
    List<Traced> traced = trace(pieces, ones(pieces), lambda, 1, 1);
    for (int i = 0; i < pieces.size(); i++) {
      PlainReturns piece = pieces.get(i);
      double[] advantages = piece.generalizedAdvantages(lambda);
      assertClose(advantages, traced.get(i).advantages());
      assertClose(advantages, traced.get(i).errors());
      for (int t = 0; t < piece.length(); t++) {
        double target = piece.values()[t] + traced.get(i).errors()[t];
        assertEquals(piece.lambdaReturn(t, lambda), target, 1e-3, "the target is the λ-return");
      }
    }
  }

  @Test
  void lambdaOneSumsAllRewardsAndLambdaZeroTakesOne() {
    Generator random = Generator.seeded(8);
    List<PlainReturns> pieces = List.of(random(9, random), random(1, random), random(32, random));
    List<Traced> whole = trace(pieces, ones(pieces), 1, 1, 1);
    List<Traced> single = trace(pieces, ones(pieces), 0, 1, 1);
    for (int i = 0; i < pieces.size(); i++) {
      PlainReturns piece = pieces.get(i);
      double sum = piece.values()[piece.length()];
      for (int t = piece.length() - 1; t >= 0; t--) {
        double next = piece.values()[t + 1];
        double tdError = piece.rewards()[t] + piece.discounts()[t] * next - piece.values()[t];
        sum = piece.rewards()[t] + piece.discounts()[t] * sum;
        assertEquals(sum - piece.values()[t], whole.get(i).advantages()[t], 1e-4);
        assertEquals(tdError, single.get(i).advantages()[t], 1e-5);
      }
    }
  }

  private static PlainReturns random(int length, Generator random) {
    PlainReturns piece =
        new PlainReturns(new double[length + 1], new double[length], new double[length]);
    Arrays.setAll(piece.values(), t -> (float) random.uniform(-3, 3));
    Arrays.setAll(piece.rewards(), t -> (float) random.uniform(-1, 1));
    Arrays.fill(piece.discounts(), 0.98f);
    if (random.random() < 0.5) {
      piece.discounts()[length - 1] = 0;
    }
    return piece;
  }

  private static double[] ratios(int length, Generator random) {
    double[] ratios = new double[length];
    Arrays.setAll(ratios, t -> (float) Math.exp(random.uniform(-2, 2)));
    return ratios;
  }

  private static List<double[]> ones(List<PlainReturns> pieces) {
    return pieces.stream()
        .map(
            piece -> {
              double[] ones = new double[piece.length()];
              Arrays.fill(ones, 1);
              return ones;
            })
        .toList();
  }

  private static void assertClose(double[] expected, double[] actual) {
    for (int t = 0; t < expected.length; t++) {
      assertEquals(expected[t], actual[t], 1e-4 * (1 + Math.abs(expected[t])), "step " + t);
    }
  }

  /** Lays the pieces one behind the other, each with its tail, and runs the script on them. */
  private static List<Traced> trace(
      List<PlainReturns> pieces, List<double[]> ratios, double lambda, double maxRho, double maxC) {
    int rows = pieces.stream().mapToInt(piece -> piece.length() + 1).sum();
    int longest = pieces.stream().mapToInt(PlainReturns::length).max().orElseThrow();
    long doublings = (long) Math.ceil(Math.log(longest) / Math.log(2) - 1e-9);
    Map<String, Double> attributes = Map.of("lambda_", lambda, "max_rho", maxRho, "max_c", maxC);
    try (TorchScript script =
            TorchScript.compile(
                COMPUTE, VTraceTest.class, attributes, "VTrace.py", "VTraceTest.py");
        HostTensor v = column(rows);
        HostTensor r = column(rows);
        HostTensor discount = column(rows);
        HostTensor ratio = column(rows);
        HostTensor error = column(rows);
        HostTensor advantage = column(rows);
        IValue times = IValue.from(doublings)) {
      int row = 0;
      for (int i = 0; i < pieces.size(); i++) {
        int length = pieces.get(i).length();
        v.floats().put(row, PlainNetwork.floats(pieces.get(i).values()));
        r.floats().put(row, PlainNetwork.floats(pieces.get(i).rewards()));
        discount.floats().put(row, PlainNetwork.floats(pieces.get(i).discounts()));
        ratio.floats().put(row, PlainNetwork.floats(ratios.get(i)));
        row += length + 1;
      }
      script.run(
          "errors_and_advantages",
          v.value(),
          r.value(),
          discount.value(),
          ratio.value(),
          times,
          error.value(),
          advantage.value());
      return cut(pieces, error, advantage);
    }
  }

  private static List<Traced> cut(
      List<PlainReturns> pieces, HostTensor error, HostTensor advantage) {
    List<Traced> traced = new ArrayList<>();
    int row = 0;
    for (PlainReturns piece : pieces) {
      Traced of = new Traced(new double[piece.length()], new double[piece.length()]);
      for (int t = 0; t < piece.length(); t++, row++) {
        of.errors()[t] = error.floats().get(row);
        of.advantages()[t] = advantage.floats().get(row);
      }
      assertEquals(0, error.floats().get(row), 0, "a tail has no error");
      assertEquals(0, advantage.floats().get(row), 0, "a tail has no advantage");
      row++;
      traced.add(of);
    }
    return traced;
  }

  private static HostTensor column(int rows) {
    return COMPUTE.hostTensor(DataType.FLOAT32, rows, 1);
  }
}
