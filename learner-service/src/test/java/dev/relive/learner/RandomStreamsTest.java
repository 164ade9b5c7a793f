package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.relive.environments.random.Generator;
import dev.relive.log.wire.CheckpointState;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {
  @Property
  void aStreamGoesOnWhereItWasWrittenDown(
      @ForAll @LongRange(min = 0) long seed, @ForAll @IntRange(max = 5) int draws) {
    Generator random = Generator.seeded(seed);
    for (int i = 0; i < draws; i++) {
      random.nextInt(); // an odd number of draws leaves half of one
    }
    CheckpointState checkpoint =
        CheckpointState.newBuilder()
            .addRandomStreams(RandomStreams.message("other", Generator.seeded(1).state()))
            .addRandomStreams(RandomStreams.message("replay", random.state()))
            .build();
    Generator restored = new Generator(RandomStreams.state("replay", checkpoint));
    for (int i = 0; i < 5; i++) {
      assertEquals(random.nextInt(), restored.nextInt());
      assertEquals(random.nextLong(), restored.nextLong());
    }
  }

  @Test
  void aMissingStreamIsNamed() {
    CheckpointState checkpoint = CheckpointState.newBuilder().setOrdinal(3).build();
    assertEquals(
        "Checkpoint 3 has no random stream 'replay'.",
        assertThrows(
                IllegalArgumentException.class, () -> RandomStreams.state("replay", checkpoint))
            .getMessage());
  }
}
