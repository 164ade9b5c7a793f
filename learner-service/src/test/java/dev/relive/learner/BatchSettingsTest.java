package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.log.InvalidSettingException;
import dev.relive.log.Settings;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchSettingsTest {
  /** The check's arithmetic against a producer that steps and a learner that counts. */
  @Property(tries = 2_000)
  void settingsAreRefusedExactlyWhereALoneProducerCannotFillABatch(
      @ForAll @IntRange(min = 1, max = 12) int lanes,
      @ForAll @IntRange(min = 1, max = 40) int batchSize,
      @ForAll @IntRange(min = 1, max = 60) int maxLead,
      @ForAll @IntRange(max = 2) int lead) {
    Settings settings = settings(lanes, batchSize, maxLead, lead);
    assertEquals(fillsEveryBatch(lanes, batchSize, maxLead, lead), isAccepted(settings));
  }

  /** Whether the producer always has credit for its next step until many batches are full. */
  private static boolean fillsEveryBatch(int lanes, int batchSize, int maxLead, int lead) {
    long own = 0;
    long ingested = 0;
    long waiting = 0;
    for (int batches = 0; batches < 200; ) {
      if (own - ingested + lanes > maxLead) {
        return false;
      }
      own += lanes;
      waiting += lanes;
      while (waiting >= batchSize) {
        // Without a lead, what is beyond the batch is stale for the next.
        waiting = lead == 0 ? 0 : waiting - batchSize;
        batches++;
      }
      ingested = own - waiting;
    }
    return true;
  }

  @Test
  void saysWhyAndWhatIsAllowed() {
    InvalidSettingException refusal =
        assertThrows(InvalidSettingException.class, () -> read(settings(8, 20, 20, 0), false));
    assertEquals(
        "The setting flow.max-lead is 20, and must be at least 24, or one producer of 8 lanes could"
            + " never fill a batch of 20 steps.",
        refusal.getMessage());
  }

  @Test
  void aDeterministicRunsRoundIsItsBatch() {
    var unused = read(settings(4, 8, 8, 0), true);
    assertThrows(InvalidSettingException.class, () -> read(settings(4, 8, 12, 0), true));
    assertThrows(InvalidSettingException.class, () -> read(settings(4, 8, 8, 1), true));
    assertThrows(InvalidSettingException.class, () -> read(settings(3, 8, 9, 0), true));
  }

  @Test
  void correctsForOlderPoliciesOnlyWhereThereAreAny() {
    assertEquals(false, ((BatchSettings) read(settings(4, 8, 8, 0), false)).update().corrects());
    assertTrue(((BatchSettings) read(settings(4, 8, 16, 1), false)).update().corrects());
  }

  private static boolean isAccepted(Settings settings) {
    try {
      var unused = read(settings, false);
      return true;
    } catch (InvalidSettingException e) {
      return false;
    }
  }

  private static LearnerSettings read(Settings settings, boolean deterministic) {
    return Algorithm.ACTOR_CRITIC.settings(settings, deterministic);
  }

  private static Settings settings(int lanes, int batchSize, int maxLead, int lead) {
    return TestRuns.settings(
        Algorithm.ACTOR_CRITIC,
        Map.of(
            "flow.lanes", Integer.toString(lanes),
            "flow.max-lead", Integer.toString(maxLead),
            "actor-critic.batch-size", Integer.toString(batchSize),
            "actor-critic.lead", Integer.toString(lead)));
  }
}
