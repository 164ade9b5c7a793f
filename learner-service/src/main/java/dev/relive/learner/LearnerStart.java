package dev.relive.learner;

import dev.relive.log.Settings;
import dev.relive.log.TopicCatalogue;
import dev.relive.log.wire.EnvironmentSpec;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a learner begins with: a run of its own, or one that is in the log. */
public sealed interface LearnerStart {

  /**
   * A run that does not exist yet.
   *
   * @param label the user's name for the run; may be empty
   * @param environment what is learned, as the run's spec keeps it
   * @param settings every setting of the algorithm's catalogue
   * @param seed all randomness of the run flows from it; at least 0
   * @param deterministic whether everything is to follow from the seed, times apart
   * @param retention how long the run's experience is kept, or {@link TopicCatalogue#FOREVER}
   */
  record NewRun(
      String label,
      EnvironmentSpec environment,
      Algorithm algorithm,
      Settings settings,
      long seed,
      boolean deterministic,
      Duration retention)
      implements LearnerStart {

    /** Checks the settings together. */
    public NewRun {
      var unused = algorithm.settings(settings, deterministic);
    }

    /** A run whose experience is kept for ever. */
    public NewRun(
        String label,
        EnvironmentSpec environment,
        Algorithm algorithm,
        Settings settings,
        long seed,
        boolean deterministic) {
      this(label, environment, algorithm, settings, seed, deterministic, TopicCatalogue.FOREVER);
    }
  }

  /**
   * A run that was left, by its id or, where only one has it, its label.
   *
   * @param stated what the user said about it beside its name, which must be what it is
   * @param ifRunning what to do if another learner is at it
   */
  record Resume(String idOrLabel, Stated stated, IfRunning ifRunning) implements LearnerStart {}

  /**
   * What a user states of a run, and nothing else.
   *
   * @param environment null where not stated
   * @param algorithm null where not stated
   * @param settings those stated, by name
   * @param seed null where not stated
   */
  record Stated(
      @Nullable EnvironmentSpec environment,
      @Nullable Algorithm algorithm,
      Settings settings,
      @Nullable Long seed) {
    /** Nothing. */
    public static final Stated NOTHING = new Stated(null, null, Settings.of(Map.of()), null);
  }
}
