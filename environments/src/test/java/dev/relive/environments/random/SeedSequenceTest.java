package dev.relive.environments.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedSequenceTest {
  private static final JsonNode VECTORS = NumpyVectors.read();

  @Test
  void mixesSeedsOfAnySizeAsNumpyDoes() {
    for (JsonNode seeded : NumpyVectors.list(VECTORS.get("pcg64"))) {
      String seed = seeded.get("seed").asText();
      JsonNode expected = seeded.get("SeedSequence");
      SeedSequence sequence = SeedSequence.of(List.of(new BigInteger(seed)));

      assertArrayEquals(
          NumpyVectors.unsignedInts(expected.get("pool_uint32")), sequence.pool(), seed);
      assertArrayEquals(
          NumpyVectors.unsignedInts(expected.get("generate_state_uint32_8")),
          sequence.words32(8),
          seed);
      assertArrayEquals(
          NumpyVectors.unsignedLongs(expected.get("generate_state_uint64_4")),
          sequence.words64(4),
          seed);
    }
  }

  @Test
  void mixesAListOfIntegers() {
    JsonNode example = VECTORS.get("entropy_list_example");
    assertArrayEquals(
        NumpyVectors.unsignedInts(example.get("generate_state_uint32_8")),
        SeedSequence.of(NumpyVectors.longs(example.get("entropy"))).words32(8));
  }

  @Test
  void spawnsTheChildrenThatNumpySpawns() {
    SeedSequence parent = SeedSequence.of(VECTORS.get("spawn").get("parent_entropy").asLong());
    List<JsonNode> expected = NumpyVectors.list(VECTORS.get("spawn").get("children"));
    List<SeedSequence> children = parent.spawn(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      SeedSequence byKey = parent.child(NumpyVectors.longs(expected.get(i).get("spawn_key")));
      long[] words = NumpyVectors.unsignedLongs(expected.get(i).get("generate_state_uint64_4"));
      assertArrayEquals(words, children.get(i).words64(4));
      assertArrayEquals(words, byKey.words64(4));

      Generator generator = new Generator(children.get(i));
      for (double random : NumpyVectors.doubles(expected.get(i).get("random_4"))) {
        assertEquals(random, generator.random());
      }
    }
  }

  @Test
  void aChildOfAChildHasBothKeys() {
    SeedSequence root = SeedSequence.of(7);
    assertArrayEquals(root.child(1, 2).words64(4), root.child(1).child(2).words64(4));
  }

  @Test
  void keysAreUnsigned() {
    assertArrayEquals(
        SeedSequence.of(7).child(0xFFFFFFFFL, 0xFFFFFFFFL).words64(4),
        SeedSequence.of(7).child(-1).words64(4));
  }

  @Test
  void refusesWhatIsNoSeed() {
    assertEquals(
        "A seed must be an integer of 0 or more, and is -3.",
        assertThrows(IllegalArgumentException.class, () -> SeedSequence.of(-3)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> SeedSequence.of());
  }
}
