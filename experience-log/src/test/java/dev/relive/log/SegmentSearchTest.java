package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.relive.log.wire.CheckpointState.SegmentIdentity;
import dev.relive.log.wire.Position;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class SegmentSearchTest {
  private final LogConnection connection =
      TestLog.connection(topics -> List.of(topics.experience("s")));
  private final Topic topic = connection.topics().experience("s");

  @Test
  void believesTheHintOnlyWhereTheSegmentStandsThere() {
    try (ExperienceWriter writer =
        ExperienceWriter.open(connection, topic, 0, WriterSettings.DEFAULT)) {
      Flux<Segment> interleaved =
          Flux.range(0, 10)
              .concatMap(
                  n ->
                      Flux.just(
                          TestSegments.of("other", "actor", n),
                          TestSegments.of("run", "actor", n)));
      writer.write(interleaved).blockLast(Duration.ofSeconds(30));
    }
    SegmentSearch search = new SegmentSearch(connection, topic, "run");
    assertEquals(9, search.offset(identity(4), at(9), 0));
    assertEquals(9, search.offset(identity(4), at(8), 0));
    assertEquals(9, search.offset(identity(4), at(1_000), 0));
    assertEquals(
        "Segment 4 of run/actor, epoch 000000000000feed, is not in %s-0 any more, whose records begin at offset 0."
            .formatted(topic.name()),
        assertThrows(LogException.class, () -> search.offset(identity(4), at(3), 10)).getMessage());
  }

  private static SegmentIdentity identity(long sequence) {
    return SegmentIdentity.newBuilder()
        .setActor("actor")
        .setEpoch(TestSegments.EPOCH)
        .setSequence(sequence)
        .build();
  }

  private static Position at(long offset) {
    return Position.newBuilder().setOffset(offset).build();
  }
}
