package dev.relive.learner;

import dev.relive.log.InvalidSettingException;
import dev.relive.log.Settings;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What of another run's experience is learned from. Without any, all of it is.
 *
 * @param policyVersions only transitions that these versions chose; null for any
 * @param minReturn only episodes whose whole return is at least this; null for any
 * @param heldSteps steps of the log within which an episode must end to be judged by its return; 0
 *     for as many as the usual memory holds
 */
public record ExperienceFilters(
    @Nullable VersionRange policyVersions, @Nullable Double minReturn, long heldSteps) {
  /** All of it. */
  public static final ExperienceFilters NONE = new ExperienceFilters(null, null, 0);

  private static final String POLICY_VERSION = "policy-version";
  private static final String MIN_RETURN = "min-return";
  private static final String HELD_STEPS = "held-steps";

  private static final long USUAL_HELD_STEPS = 500_000;
  private static final long USUAL_HELD_BYTES = 256L << 20;

  /** Beside its observation: an action, a reward, a probability, and a share of its segment. */
  private static final long STEP_BYTES = 64;

  /** Checks each by itself and with the others. */
  public ExperienceFilters {
    if (minReturn != null && !Double.isFinite(minReturn)) {
      throw new InvalidSettingException(
          "The least return is %s, and must be a number.".formatted(minReturn));
    }
    if (heldSteps < 0 || (heldSteps > 0 && minReturn == null)) {
      throw new InvalidSettingException(
          "The held steps are %d, and must be at least 1, and with a least return."
              .formatted(heldSteps));
    }
  }

  /** The same whatever an episode's return. */
  ExperienceFilters withoutReturns() {
    return new ExperienceFilters(policyVersions, null, 0);
  }

  /** The filters of a run's spec. */
  static ExperienceFilters of(Settings settings) {
    Map<String, String> all = settings.asMap();
    String versions = all.get(POLICY_VERSION);
    String least = all.get(MIN_RETURN);
    return new ExperienceFilters(
        versions == null ? null : VersionRange.of(versions),
        least == null ? null : Double.valueOf(least),
        least == null ? 0 : settings.integer(HELD_STEPS, 1, Long.MAX_VALUE));
  }

  /**
   * For a run's spec, with the number of steps held.
   *
   * @param observationSize elements of an observation
   */
  Settings toSettings(int observationSize) {
    Map<String, String> all = new TreeMap<>();
    if (policyVersions != null) {
      all.put(POLICY_VERSION, policyVersions.toString());
    }
    if (minReturn != null) {
      all.put(MIN_RETURN, minReturn.toString());
      all.put(
          HELD_STEPS, Long.toString(heldSteps == 0 ? usualHeldSteps(observationSize) : heldSteps));
    }
    return Settings.of(all);
  }

  private static long usualHeldSteps(int observationSize) {
    long fitting = USUAL_HELD_BYTES / (STEP_BYTES + 4L * observationSize);
    return Math.max(1, Math.min(USUAL_HELD_STEPS, fitting));
  }
}
