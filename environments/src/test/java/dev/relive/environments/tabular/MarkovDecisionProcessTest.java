package dev.relive.environments.tabular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.relive.environments.random.Generator;
import dev.relive.environments.tabular.MarkovDecisionProcess.Outcome;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MarkovDecisionProcessTest {
  private static final List<Outcome> OUTCOMES =
      List.of(
          new Outcome(0.25, 1, 3, false),
          new Outcome(0.5, 0, -2, true),
          new Outcome(0.25, 2, 0, false));

  /** One number of the stream each, and the first outcome at which the sum is above it. */
  @Property
  void drawsAsToyTextDoes(
      @ForAll @LongRange(min = 0) long seed,
      @ForAll @Size(min = 1, max = 8) List<@DoubleRange(min = 0, max = 1) Double> weights) {
    double[] start = normalised(weights);
    MarkovDecisionProcess process =
        new MarkovDecisionProcess(
            start,
            1,
            (state, action) -> {
              Outcome[] outcomes = new Outcome[start.length];
              Arrays.setAll(outcomes, i -> new Outcome(start[i], i, i, false));
              return List.of(outcomes);
            });
    Generator random = Generator.seeded(seed);
    Generator reference = Generator.seeded(seed);
    for (int i = 0; i < 20; i++) {
      assertEquals(reference.categorical(start), process.drawStart(random));
      int drawn = process.draw(random, start.length - 1, 0);
      assertEquals(reference.categorical(start), process.next(drawn));
      assertEquals(process.next(drawn), process.reward(drawn));
    }
  }

  private static double[] normalised(List<Double> weights) {
    double sum = weights.stream().mapToDouble(weight -> weight + 0.01).sum();
    return weights.stream().mapToDouble(weight -> (weight + 0.01) / sum).toArray();
  }

  @Test
  void givesTheTableBack() {
    MarkovDecisionProcess process =
        new MarkovDecisionProcess(
            new double[] {0, 1, 0},
            2,
            (state, action) ->
                state == 1 && action == 1 ? OUTCOMES : List.of(new Outcome(1, state, 0, false)));
    assertEquals(OUTCOMES, process.outcomes(1, 1));
    assertEquals(List.of(new Outcome(1, 2, 0, false)), process.outcomes(2, 0));
    assertEquals(1, process.drawStart(Generator.seeded(0)));
  }

  @Test
  void refusesWhatIsNoProcess() {
    assertRefused(
        "The probabilities that an episode begins in a state must add up to 1, and add up to 0.5.",
        () -> new MarkovDecisionProcess(new double[] {0.5}, 1, (state, action) -> OUTCOMES));
    assertRefused(
        "Action 0 in state 0 leads to state 2; states are 0 to 1.",
        () -> new MarkovDecisionProcess(new double[] {1, 0}, 1, (state, action) -> OUTCOMES));
    assertRefused(
        "The probabilities of what action 0 in state 0 leads to must add up to 1, and add up to"
            + " 0.0.",
        () -> new MarkovDecisionProcess(new double[] {1}, 1, (state, action) -> List.of()));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
