package dev.relive.environments.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RunSeedsTest {
  @Test
  void evaluationSeedIsTheOneThatNumpyDerives() {
    // np.random.SeedSequence(7, spawn_key=(5, 0, 3)).generate_state(1, np.uint64)[0] >> 1
    assertEquals(4700431724465259096L, new RunSeeds(7).evaluation(3));
  }

  @Property
  void rolesEpochsAndLanesDoNotShareSeeds(
      @ForAll @LongRange(min = 0) long seed, @ForAll long epoch) {
    RunSeeds seeds = new RunSeeds(seed);
    Set<Long> all = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      assertTrue(all.add(seeds.lane("a", epoch, i)));
      assertTrue(all.add(seeds.lane("b", epoch, i)));
      assertTrue(all.add(seeds.lane("a", epoch + 1, i)));
      assertTrue(all.add(seeds.evaluation(i)));
    }
  }

  @Test
  void streamsOfRolesDiffer() {
    RunSeeds seeds = new RunSeeds(0);
    assertNotEquals(seeds.replay().nextLong(), seeds.initialisation().nextLong());
    assertEquals(seeds.exploration("a", -1).nextLong(), seeds.exploration("a", -1).nextLong());
  }

  @Test
  void refusesANegativeSeed() {
    assertThrows(IllegalArgumentException.class, () -> new RunSeeds(-1));
  }
}
