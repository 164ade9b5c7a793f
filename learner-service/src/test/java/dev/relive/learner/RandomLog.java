package dev.relive.learner;

import dev.relive.environments.random.Generator;
import dev.relive.log.PolicyVersions;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import java.util.ArrayList;
import java.util.List;

/**
 * A log as crashes and retries leave it: two actors of two lanes, that start again in between with
 * a newer epoch, lose segments, and have some of them twice.
 */
final class RandomLog {
  /** Policy versions count from 1 to this. */
  static final int VERSIONS = 4;

  private static final List<SegmentEnd> ENDS = List.of(SegmentEnd.values());

  private final Generator random;
  private final int longest;
  private final int segmentsOfAVersion;
  private final TestLog log = new TestLog();
  private final TestSegments[] actors = new TestSegments[2];
  private final List<List<Segment>> written = List.of(new ArrayList<>(), new ArrayList<>());
  private long epochs;

  private RandomLog(long seed, int longest, int segmentsOfAVersion) {
    this.random = Generator.seeded(seed);
    this.longest = longest;
    this.segmentsOfAVersion = segmentsOfAVersion;
    start(0);
    start(1);
  }

  static TestLog of(long seed, int segments, int longest) {
    return of(seed, segments, longest, segments);
  }

  /** The same, by policies that are newer every few segments. */
  static TestLog of(long seed, int segments, int longest, int segmentsOfAVersion) {
    RandomLog log = new RandomLog(seed, longest, segmentsOfAVersion);
    for (int i = 0; i < segments; i++) {
      log.append();
    }
    return log.log;
  }

  private void start(int actor) {
    actors[actor] = new TestSegments(TestRuns.RUN, "actor" + actor, ++epochs);
    written.get(actor).clear();
  }

  private void append() {
    int actor = random.integers(2);
    int event = random.integers(20);
    if (event == 0) {
      start(actor);
    } else if (event == 1 && !written.get(actor).isEmpty()) {
      log.append(written.get(actor).get(random.integers(written.get(actor).size())));
      return;
    } else if (event == 2) {
      var unused = segment(actor); // is lost
    }
    Segment segment = segment(actor);
    written.get(actor).add(segment);
    var unused = log.append(segment);
  }

  private Segment segment(int actor) {
    SegmentEnd end = ENDS.get(random.integers(ENDS.size()));
    int length =
        end == SegmentEnd.ABANDONED ? random.integers(longest) : 1 + random.integers(longest);
    return actors[actor].next(random.integers(2), length, end, versions(length));
  }

  /** One, or one for the first transitions and another for the others. */
  private PolicyVersions versions(int length) {
    int before = log.from(0).size() / segmentsOfAVersion;
    int first = before + 1 + random.integers(VERSIONS);
    return length < 2
        ? PolicyVersions.of(first)
        : PolicyVersions.of(
            new int[] {0, 1 + random.integers(length - 1)},
            new long[] {first, before + 1 + random.integers(VERSIONS)});
  }
}
