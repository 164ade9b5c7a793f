package dev.relive.environments.textbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.environments.Discrete;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import dev.relive.environments.random.Generator;
import dev.relive.environments.tabular.MarkovDecisionProcess;
import dev.relive.environments.tabular.MarkovDecisionProcess.Outcome;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RandomMdpTest {
  @Property(tries = 200)
  void anActionLeadsToDifferentStates(
      @ForAll @LongRange(min = 0) long seed,
      @ForAll @IntRange(min = 1, max = 12) int states,
      @ForAll @IntRange(min = 1, max = 4) int actions,
      @ForAll @IntRange(min = 1, max = 12) int most) {
    int branches = Math.min(most, states);
    MarkovDecisionProcess process =
        RandomMdp.process(states, actions, branches, Generator.seeded(seed));
    for (int state = 0; state < states; state++) {
      for (int action = 0; action < actions; action++) {
        List<Outcome> outcomes = process.outcomes(state, action);
        assertEquals(branches, outcomes.stream().map(Outcome::next).distinct().count());
        assertEquals(1, outcomes.stream().mapToDouble(Outcome::probability).sum(), 1e-12);
        assertEquals(1, outcomes.stream().map(Outcome::reward).distinct().count());
        assertTrue(Math.abs(outcomes.get(0).reward()) <= 1);
      }
    }
  }

  @Test
  void aSeedNamesAProcess() {
    assertEquals(first(3), first(3));
    assertNotEquals(first(3), first(4));
  }

  private static List<Outcome> first(long seed) {
    return RandomMdp.process(10, 3, 3, Generator.seeded(seed)).outcomes(0, 0);
  }

  @Test
  void optionsMakeTheSpaces() {
    EnvironmentSpec spec =
        Environments.spec("RandomMdp-v0", Map.of("states", "7", "actions", "2", "seed", "5"));
    assertEquals(new Discrete(7), spec.observationSpace());
    assertEquals(new Discrete(2), spec.actionSpace());
  }

  @Test
  void refusesWhatIsTooLarge() {
    assertEquals(
        "The options 'states', 'actions' and 'branches' must multiply to at most 1,000,000, and"
            + " give 30,000,000.",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Environments.spec("RandomMdp-v0", Map.of("states", "10000", "actions", "1000")))
            .getMessage());
  }
}
