package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.agents.TransitionBatch;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.random.Generator;
import dev.relive.environments.random.RunSeeds;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What is drawn from a replay that a range goes through in random chunks, over whole passes, is
 * every transition of the range equally often. Seeds are fixed; the limits are those that a fair
 * draw keeps in 999 of 1000 seeds.
 */
class ShuffleUniformityTest {

  @Test
  void everyChunkComesAtEveryPlaceEquallyOften() {
    int chunks = 8;
    int passes = 20_000;
    long[][] counts = new long[chunks][chunks];
    for (int pass = 0; pass < passes; pass++) {
      int[] order = ChunkOrder.permutation(chunks, new RunSeeds(3).chunkOrder(pass));
      int[] sorted = order.clone();
      Arrays.sort(sorted);
      for (int place = 0; place < chunks; place++) {
        assertEquals(place, sorted[place]);
        counts[order[place]][place]++;
      }
    }
    double chiSquared = 0;
    for (long[] places : counts) {
      chiSquared += chiSquared(places);
    }
    // Every chunk has one place: there are (n − 1)² degrees of freedom, and n (n − 1) is expected.
    assertWithin(chiSquared * (chunks - 1) / chunks, (chunks - 1) * (chunks - 1));
  }

  @Test
  void everyTransitionOfTenReplaysIsDrawnEquallyOften() {
    int segments = 100;
    int length = 8;
    int capacity = segments * (length + 1) / 10;
    int chunkSegments = 2;
    int passes = 60;
    int batchSize = 4;
    long[] drawn = new long[segments * length];
    try (Compute compute = Compute.open(DeviceChoice.CPU);
        TransitionBatch batch = new TransitionBatch(compute, batchSize, 2)) {
      ReplayBuffer replay = new ReplayBuffer(capacity, 2);
      Generator random = Generator.seeded(9);
      List<Segment> all = segments(segments, length);
      for (long pass = 0; pass < passes; pass++) {
        for (int chunk :
            ChunkOrder.permutation(segments / chunkSegments, new RunSeeds(4).chunkOrder(pass))) {
          for (int i = 0; i < chunkSegments; i++) {
            append(all.get(chunk * chunkSegments + i), replay, random, batch, pass > 0, drawn);
          }
        }
      }
    }
    // The first pass fills the replay, and what the last one leaves in it is seen less.
    long draws = Arrays.stream(drawn).sum();
    assertEquals((passes - 1L) * segments * length * batchSize, draws);
    assertWithin(chiSquared(drawn), drawn.length - 1);
  }

  private static void append(
      Segment segment,
      ReplayBuffer replay,
      Generator random,
      TransitionBatch batch,
      boolean count,
      long[] drawn) {
    for (int step = 0; step < segment.length(); step++) {
      replay.append(segment, 0, step, 1);
      replay.sample(random, batch, 1, 1);
      for (int row = 0; count && row < batch.size(); row++) {
        // Observations tell their episode and step, see TestSegments.
        int number = (int) batch.observations().get(2 * row);
        drawn[number * segment.length() + (int) batch.observations().get(2 * row + 1)]++;
      }
    }
  }

  /** Each an episode of its own. */
  private static List<Segment> segments(int count, int length) {
    TestSegments source = new TestSegments(TestRuns.RUN);
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      segments.add(source.next(0, length, SegmentEnd.TERMINATED));
    }
    return segments;
  }

  /** Σ (observed − expected)² / expected, all being expected equally often. */
  private static double chiSquared(long[] observed) {
    double expected = (double) Arrays.stream(observed).sum() / observed.length;
    return Arrays.stream(observed)
        .mapToDouble(each -> (each - expected) * (each - expected) / expected)
        .sum();
  }

  /** By Wilson and Hilferty's approximation, 3.09 being the normal quantile of 0.999. */
  private static void assertWithin(double chiSquared, int degrees) {
    double spread = Math.sqrt(2.0 / (9 * degrees));
    double most = degrees * Math.pow(1 - 2.0 / (9 * degrees) + 3.09 * spread, 3);
    double least = degrees * Math.pow(1 - 2.0 / (9 * degrees) - 3.09 * spread, 3);
    assertTrue(
        chiSquared < most,
        () -> "χ² is %.1f, and at most %.1f if fair".formatted(chiSquared, most));
    assertTrue(
        chiSquared > least, () -> "χ² is %.1f: more even than chance is".formatted(chiSquared));
  }
}
