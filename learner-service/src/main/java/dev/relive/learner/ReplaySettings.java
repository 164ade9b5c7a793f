package dev.relive.learner;

import dev.relive.agents.Activation;
import dev.relive.agents.AdamSettings;
import dev.relive.agents.DoubleDqnSettings;
import dev.relive.agents.Heads;
import dev.relive.agents.LinearSchedule;
import dev.relive.log.FlowSettings;
import dev.relive.log.Settings;
import java.util.List;
import java.util.stream.Stream;

/**
 * The settings of a double-DQN run. {@link #CATALOGUE} says what each means and what it is unless
 * stated; where the values come from is in {@code docs/algorithms/double-dqn.md}.
 *
 * @param flow what the learner and its producers share
 * @param schedule when the run keeps weights and ends
 * @param updates when the learner updates
 * @param replayCapacity slots of the replay buffer
 * @param batchSize transitions of an update
 * @param discount γ
 * @param returnSteps n of the n-step return
 * @param layers of the network
 * @param preprocessing of observations and rewards
 * @param update the update's own hyperparameters
 * @param exploration ε over the run's steps
 */
public record ReplaySettings(
    FlowSettings flow,
    RunSchedule schedule,
    UpdateSchedule updates,
    int replayCapacity,
    int batchSize,
    double discount,
    int returnSteps,
    NetworkSettings layers,
    PreprocessingSettings preprocessing,
    DoubleDqnSettings update,
    LinearSchedule exploration)
    implements LearnerSettings {

  private static final int MANY = 1_000_000_000;

  static final List<SettingDescription> CATALOGUE =
      Stream.of(
              List.of(
                  new SettingDescription(FlowSettings.LANES, "8", "environments of one producer"),
                  new SettingDescription(
                      FlowSettings.SEGMENT_LENGTH, "128", "most transitions of a segment"),
                  new SettingDescription(
                      FlowSettings.MAX_LEAD,
                      "512",
                      "steps a producer may be ahead of the learner")),
              RunSchedule.CATALOGUE,
              List.of(
                  new SettingDescription(
                      "schedule.learning-starts", "1000", "steps before the first update"),
                  new SettingDescription(
                      "schedule.train-every", "16", "steps from one round of updates to the next"),
                  new SettingDescription("schedule.updates", "16", "updates in a round"),
                  new SettingDescription(
                      "replay.capacity", "100000", "observations kept for sampling"),
                  new SettingDescription("replay.batch-size", "64", "transitions of an update"),
                  new SettingDescription(
                      "return.discount", "0.98", "γ, the weight of a step's delay"),
                  new SettingDescription(
                      "return.steps", "1", "rewards summed before bootstrapping")),
              PreprocessingSettings.CATALOGUE,
              NetworkSettings.catalogue(Activation.RELU),
              List.of(
                  new SettingDescription("double-dqn.learning-rate", "0.001", "Adam's step size"),
                  new SettingDescription(
                      "double-dqn.target-update-every",
                      "1",
                      "updates between copies into the target"),
                  new SettingDescription(
                      "double-dqn.target-update-fraction",
                      "0.02",
                      "τ, how far the target goes; 1 copies"),
                  new SettingDescription(
                      "double-dqn.max-gradient-norm",
                      "10",
                      "the gradient's norm is clipped to this"),
                  new SettingDescription("exploration.initial", "1.0", "ε at the first step"),
                  new SettingDescription("exploration.final", "0.04", "ε once it stops falling"),
                  new SettingDescription(
                      "exploration.steps", "5000", "steps over which ε falls linearly")))
          .flatMap(List::stream)
          .toList();

  @Override
  public Heads heads() {
    return Heads.ACTION_VALUES;
  }

  @Override
  public boolean onPolicy() {
    return false;
  }

  @Override
  public int lead() {
    return 0;
  }

  static ReplaySettings of(Settings settings) {
    FlowSettings flow = FlowSettings.of(settings);
    UpdateSchedule updates =
        new UpdateSchedule(
            settings.integer("schedule.learning-starts", 0, MANY),
            settings.integer("schedule.train-every", 1, MANY),
            settings.smallInteger("schedule.updates", 1, MANY));
    int capacity = settings.smallInteger("replay.capacity", 2, MANY);
    int batchSize = settings.smallInteger("replay.batch-size", 1, 65_536);
    checkReplay(settings, capacity, batchSize, flow, updates);
    return new ReplaySettings(
        flow,
        RunSchedule.of(settings),
        updates,
        capacity,
        batchSize,
        settings.real("return.discount", 0, 1),
        settings.smallInteger("return.steps", 1, 1000),
        NetworkSettings.of(settings),
        PreprocessingSettings.of(settings),
        update(settings),
        new LinearSchedule(
            settings.real("exploration.initial", 0, 1),
            settings.real("exploration.final", 0, 1),
            settings.integer("exploration.steps", 0, Long.MAX_VALUE)));
  }

  @Override
  public Activation activation() {
    return Activation.RELU;
  }

  private static DoubleDqnSettings update(Settings settings) {
    DoubleDqnSettings defaults = DoubleDqnSettings.DEFAULTS;
    return new DoubleDqnSettings(
        AdamSettings.of(
            settings.real("double-dqn.learning-rate", 1e-12, 1),
            settings.real("double-dqn.max-gradient-norm", 1e-9, 1e9)),
        defaults.huberDelta(),
        settings.smallInteger("double-dqn.target-update-every", 1, MANY),
        settings.real("double-dqn.target-update-fraction", 1e-9, 1));
  }

  private static void checkReplay(
      Settings settings, int capacity, int batchSize, FlowSettings flow, UpdateSchedule updates) {
    long needed =
        Math.max(Math.max(batchSize, updates.learningStarts()), flow.segmentLength() + 1L);
    if (capacity < needed) {
      throw settings.invalid(
          "replay.capacity",
          "at least "
              + needed
              + ": the largest of the batch size, the steps before learning starts and a segment");
    }
  }
}
