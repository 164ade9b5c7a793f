package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.log.SegmentEnd;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private Instant now = TestRuns.noon().instant();
  private final RecordingSink sink = new RecordingSink();
  private final RunSpec spec =
      TestRuns.spec(Algorithm.DOUBLE_DQN, TestRuns.settings(Algorithm.DOUBLE_DQN, Map.of()), false);
  private final LearnerPipeline pipeline =
      TestRuns.pipeline(spec, new CountingUpdates(), sink, () -> now);

  @Test
  void saysTheSameAgainAfterASilence() throws Exception {
    pipeline.heartbeat();
    assertEquals(0, sink.progress.size());
    pipeline.begin();
    TestSegments segments = new TestSegments(TestRuns.RUN);
    pipeline.accept(new TestLog().append(segments.next(0, 5, SegmentEnd.CONTINUES)));
    Progress said = sink.last();
    int publications = sink.progress.size();

    now = now.plus(Publications.LONGEST_SILENCE).minusMillis(1);
    pipeline.heartbeat();
    assertEquals(publications, sink.progress.size());
    now = now.plusMillis(1);
    pipeline.heartbeat();
    pipeline.heartbeat();
    assertEquals(publications + 1, sink.progress.size());
    assertTrue(sink.last().getAtMicros() > said.getAtMicros());
    assertEquals(said, sink.last().toBuilder().setAtMicros(said.getAtMicros()).build());
    assertTrue(Publications.LONGEST_SILENCE.compareTo(Duration.ofSeconds(1)) < 0);
  }
}
