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
   * A run that does not exist yet and learns from the experience of another.
   *
   * @param label the user's name for the run; may be empty
   * @param source the other run, by its id or, where only one has it, its label
   * @param environment what the user takes it for; null where not stated
   * @param settings those stated, by name; of the others, the flow's are the source's, and the
   *     steps have no limit
   * @param seed all randomness of the run flows from it; at least 0
   * @param range which part of the source's experience is read
   * @param filters what of that is learned from
   */
  record NewReader(
      String label,
      String source,
      @Nullable EnvironmentSpec environment,
      Algorithm algorithm,
      Settings settings,
      long seed,
      ReadRange range,
      ExperienceFilters filters)
      implements LearnerStart {}

  /**
   * A run that was left, by its id or, where only one has it, its label.
   *
   * @param stated what the user said about it beside its name, which must be what it is
   * @param ifRunning what to do if another learner is at it
   * @param experience whose it must learn from
   */
  record Resume(String idOrLabel, Stated stated, IfRunning ifRunning, ExperienceOf experience)
      implements LearnerStart {}

  /**
   * A run that is begun unless there is one of that id or label, which is gone on with.
   *
   * @param begun the run where there is none yet, with that label
   */
  record ResumeOrBegin(Resume resume, LearnerStart begun) implements LearnerStart {}

  /** Whose experience a run learns from. */
  enum ExperienceOf {
    /** That of its own producers. */
    OWN,
    /** Another run's. */
    ANOTHER,
    /** Either. */
    ANY
  }

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
