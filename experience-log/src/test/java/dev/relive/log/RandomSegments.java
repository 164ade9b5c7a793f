package dev.relive.log;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCases;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Segments of every element type, row shape, length and end. */
final class RandomSegments extends DomainContextBase {
  private static final int LONGEST = 20;

  @Provide
  Arbitrary<Segment> segments() {
    return Combinators.combine(headers(), Arbitraries.longs(), rows(), rows(), scalars(), scalars())
        .as(RandomSegments::segment)
        .edgeCases(EdgeCases.Config::none); // their combinations are millions
  }

  /** What of a segment is no column. */
  private record Header(
      LaneId lane, long sequence, long episode, long firstStep, int length, SegmentEnd end) {}

  /** How a row is stored. */
  private record Row(ElementType type, List<Integer> shape, boolean present) {
    int[] extents() {
      return shape.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  private static Arbitrary<Header> headers() {
    Arbitrary<Long> counts =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.longs().between(0, 100_000)),
            Tuple.of(1, Arbitraries.longs().between(0, Long.MAX_VALUE - LONGEST)));
    return Combinators.combine(
            Combinators.combine(
                    names(), names(), Arbitraries.longs(), Arbitraries.integers().greaterOrEqual(0))
                .as(LaneId::new),
            counts,
            counts,
            counts,
            Arbitraries.integers().between(0, LONGEST),
            Arbitraries.of(SegmentEnd.class))
        .as(
            (lane, sequence, episode, firstStep, length, end) ->
                new Header(
                    lane,
                    sequence,
                    episode,
                    firstStep,
                    end == SegmentEnd.CONTINUES ? Math.max(1, length) : length,
                    end));
  }

  private static Arbitrary<String> names() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withChars("-_.:/ é行")
        .ofMinLength(1)
        .ofMaxLength(12);
  }

  private static Arbitrary<Row> rows() {
    return Combinators.combine(
            Arbitraries.of(ElementType.class),
            Arbitraries.integers().between(0, 5).list().ofMaxSize(3))
        .as((type, shape) -> new Row(type, shape, true));
  }

  private static Arbitrary<Row> scalars() {
    return Combinators.combine(
            Arbitraries.of(ElementType.class),
            Arbitraries.just(1).list().ofMaxSize(2),
            Arbitraries.of(true, false))
        .as(Row::new);
  }

  private static Segment segment(
      Header header, long seed, Row observation, Row action, Row reward, Row probability) {
    Random random = new Random(seed);
    return new Segment(
        header.lane,
        header.sequence,
        header.episode,
        header.firstStep,
        header.length,
        header.end,
        policyVersions(random, header.length),
        header.length + (random.nextLong() >>> 2),
        random.nextLong(),
        random.nextLong(),
        column(random, observation, header.length + 1),
        column(random, action, header.length),
        column(random, reward, header.length),
        probability.present ? column(random, probability, header.length) : null);
  }

  private static PolicyVersions policyVersions(Random random, int length) {
    int stretches = 0;
    int[] starts = new int[length];
    for (int i = 0; i < length; i++) {
      if (i == 0 || random.nextInt(4) == 0) {
        starts[stretches++] = i;
      }
    }
    return PolicyVersions.of(
        Arrays.copyOf(starts, stretches), random.longs(stretches, 0, Long.MAX_VALUE).toArray());
  }

  private static Column column(Random random, Row row, int rows) {
    int elements = row.shape.stream().reduce(1, Math::multiplyExact);
    byte[] data = new byte[rows * row.type.rowBytes(elements)];
    random.nextBytes(data);
    return Column.of(row.type, row.extents(), rows, ByteBuffer.wrap(data));
  }
}
