package dev.relive.learner;

import static java.util.stream.Collectors.joining;

import dev.relive.log.InvalidSettingException;
import dev.relive.log.Run;
import dev.relive.log.Settings;
import dev.relive.log.wire.RunSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The ways to learn that there are, each with the settings that it takes. */
public enum Algorithm {
  /** Double DQN: learns from a replay of what all policies so far have done. */
  DOUBLE_DQN("double-dqn") {
    @Override
    public List<SettingDescription> catalogue() {
      return ReplaySettings.CATALOGUE;
    }

    @Override
    LearnerSettings read(Settings settings) {
      return ReplaySettings.of(settings);
    }

    @Override
    LearnerSettings readOffPolicy(Settings settings) {
      return ReplaySettings.of(settings);
    }
  },
  /** Actor-critic: learns from batches of what its newest policies have done, each used once. */
  ACTOR_CRITIC("actor-critic") {
    @Override
    public List<SettingDescription> catalogue() {
      return BatchSettings.CATALOGUE;
    }

    @Override
    LearnerSettings read(Settings settings) {
      return BatchSettings.of(settings);
    }

    @Override
    LearnerSettings readOffPolicy(Settings settings) {
      return BatchSettings.offPolicy(settings);
    }
  };

  private final String id;

  Algorithm(String id) {
    this.id = id;
  }

  abstract LearnerSettings read(Settings settings);

  abstract LearnerSettings readOffPolicy(Settings settings);

  /** Its name in a RunSpec and after {@code --algorithm}. */
  public String id() {
    return id;
  }

  /** The algorithm of that name; empty where this program has none. */
  public static Optional<Algorithm> find(String id) {
    return Arrays.stream(values()).filter(algorithm -> algorithm.id.equals(id)).findFirst();
  }

  /** All names, for a sentence. */
  public static String ids() {
    return Arrays.stream(values()).map(Algorithm::id).collect(joining(" or "));
  }

  /** Every setting that it takes, in the order in which a reader wants them. */
  public abstract List<SettingDescription> catalogue();

  /** The settings of the catalogue as they are unless stated. */
  public Settings defaults() {
    TreeMap<String, String> values = new TreeMap<>();
    catalogue().forEach(setting -> values.put(setting.name(), setting.defaultValue()));
    return Settings.of(values);
  }

  /**
   * Reads and checks the settings of a run, all of the catalogue, as one object.
   *
   * @param deterministic whether the run goes in rounds, which asks more of its settings
   * @throws InvalidSettingException naming the setting, its value and what is allowed
   */
  public LearnerSettings settings(Settings settings, boolean deterministic) {
    checkNames(settings);
    LearnerSettings read = read(settings);
    if (deterministic) {
      read.checkRounds();
    }
    return read;
  }

  /**
   * Reads and checks the settings of a run that learns from another run's experience.
   *
   * @throws InvalidSettingException naming the setting, its value and what is allowed
   */
  public LearnerSettings offPolicySettings(Settings settings) {
    checkNames(settings);
    return readOffPolicy(settings);
  }

  /** The settings of a run that is in the log; what is newer than it is as it was then. */
  LearnerSettings settings(RunSpec spec) {
    Settings settings = defaults().with(Settings.of(spec.getSettingsList()));
    return Run.learnsFromAnother(spec)
        ? offPolicySettings(settings)
        : settings(settings, spec.getDeterministic());
  }

  private void checkNames(Settings settings) {
    for (String name : settings.names()) {
      if (catalogue().stream().noneMatch(known -> known.name().equals(name))) {
        throw new InvalidSettingException(
            "The algorithm "
                + id
                + " has no setting "
                + name
                + "; `relive train --help` lists all.");
      }
    }
  }

  @Override
  public String toString() {
    return id;
  }
}
