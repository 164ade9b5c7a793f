package dev.relive.learner;

import dev.relive.agents.Activation;
import dev.relive.agents.ActorCriticSettings;
import dev.relive.agents.AdamSettings;
import dev.relive.agents.Heads;
import dev.relive.agents.LinearSchedule;
import dev.relive.log.FlowSettings;
import dev.relive.log.InvalidSettingException;
import dev.relive.log.Settings;
import java.util.List;
import java.util.stream.Stream;

/**
 * The settings of an actor-critic run. {@link #CATALOGUE} says what each means and what it is
 * unless stated; where the values come from is in {@code docs/algorithms/actor-critic.md}.
 *
 * @param flow what the learner and its producers share
 * @param schedule when the run keeps weights and ends
 * @param batchSize B, transitions of an update
 * @param lead L, versions by which producers may act behind the newest
 * @param onPolicy whether producers wait for the run's own versions; not where another run's
 *     experience is learned from, all of which is corrected for
 * @param layers of the network
 * @param preprocessing of observations and rewards
 * @param update the update's own hyperparameters; it corrects for other policies where L is not 0,
 *     or the experience is another run's
 */
public record BatchSettings(
    FlowSettings flow,
    RunSchedule schedule,
    int batchSize,
    int lead,
    boolean onPolicy,
    NetworkSettings layers,
    PreprocessingSettings preprocessing,
    ActorCriticSettings update)
    implements LearnerSettings {

  private static final String BATCH_SIZE = "actor-critic.batch-size";
  private static final String LEAD = "actor-critic.lead";
  private static final LinearSchedule NO_EXPLORATION = new LinearSchedule(0, 0, 0);

  static final List<SettingDescription> CATALOGUE =
      Stream.of(
              List.of(
                  new SettingDescription(FlowSettings.LANES, "8", "environments of one producer"),
                  new SettingDescription(
                      FlowSettings.SEGMENT_LENGTH, "128", "most transitions of a segment"),
                  new SettingDescription(
                      FlowSettings.MAX_LEAD,
                      "256",
                      "steps a producer may be ahead of the learner")),
              RunSchedule.CATALOGUE,
              List.of(
                  new SettingDescription(BATCH_SIZE, "256", "transitions of an update"),
                  new SettingDescription(
                      LEAD, "0", "versions by which producers may act behind the newest"),
                  new SettingDescription(
                      "return.discount", "0.98", "γ, the weight of a step's delay")),
              PreprocessingSettings.CATALOGUE,
              NetworkSettings.catalogue(Activation.TANH),
              List.of(
                  new SettingDescription(
                      "actor-critic.learning-rate", "0.0075", "Adam's step size"),
                  new SettingDescription(
                      "actor-critic.lambda", "0.95", "λ of the returns: 0 bootstraps at once"),
                  new SettingDescription(
                      "actor-critic.value-weight", "0.1", "of the critic's loss"),
                  new SettingDescription(
                      "actor-critic.entropy-weight", "0.01", "of the policy's entropy"),
                  new SettingDescription(
                      "actor-critic.max-gradient-norm",
                      "0.5",
                      "the gradient's norm is clipped to this"),
                  new SettingDescription(
                      "actor-critic.max-rho", "1", "ρ̄, the most that a ratio counts; with a lead"),
                  new SettingDescription(
                      "actor-critic.max-c", "1", "c̄, the most it passes back; with a lead")))
          .flatMap(List::stream)
          .toList();

  /** The settings of a run whose producers act by its own versions. */
  static BatchSettings of(Settings settings) {
    BatchSettings read = read(settings, settings.smallInteger(LEAD, 0, 1_000_000), true);
    read.checkLead();
    return read;
  }

  /** The settings of a run that learns from another's experience, which no version is asked of. */
  static BatchSettings offPolicy(Settings settings) {
    if (settings.smallInteger(LEAD, 0, 1_000_000) != 0) {
      throw settings.invalid(
          LEAD, "0 where another run's experience is learned from: no producer waits for versions");
    }
    return read(settings, 0, false);
  }

  private static BatchSettings read(Settings settings, int lead, boolean onPolicy) {
    return new BatchSettings(
        FlowSettings.of(settings),
        RunSchedule.of(settings),
        settings.smallInteger(BATCH_SIZE, 1, 1_000_000),
        lead,
        onPolicy,
        NetworkSettings.of(settings),
        PreprocessingSettings.of(settings),
        update(settings, lead > 0 || !onPolicy));
  }

  private static ActorCriticSettings update(Settings settings, boolean corrects) {
    return new ActorCriticSettings(
        AdamSettings.of(
            settings.real("actor-critic.learning-rate", 1e-12, 1),
            settings.real("actor-critic.max-gradient-norm", 1e-9, 1e9)),
        settings.real("return.discount", 0, 1),
        settings.real("actor-critic.lambda", 0, 1),
        settings.real("actor-critic.value-weight", 0, 1e9),
        settings.real("actor-critic.entropy-weight", 0, 1e9),
        corrects,
        settings.real("actor-critic.max-rho", 1, 1e9),
        settings.real("actor-critic.max-c", 1, 1e9));
  }

  @Override
  public Activation activation() {
    return Activation.TANH;
  }

  @Override
  public Heads heads() {
    return Heads.POLICY_AND_VALUE;
  }

  @Override
  public LinearSchedule exploration() {
    return NO_EXPLORATION;
  }

  /** One producer alone must be able to fill a batch before its credit ends. */
  private void checkLead() {
    if (flow.maxLead() < fillingLead()) {
      throw new InvalidSettingException(
          "The setting %s is %d, and must be at least %d, or one producer of %d lanes could never fill a batch of %d steps."
              .formatted(
                  FlowSettings.MAX_LEAD, flow.maxLead(), fillingLead(), flow.lanes(), batchSize));
    }
  }

  /**
   * The least max-lead with which a producer that is alone fills every batch. It stops when fewer
   * than {@code lanes} steps of credit are left, and what it then has in the unfinished batch must
   * be B or more. That number is a multiple of the lanes where every batch begins with a step of
   * all lanes; where a lead lets batches begin within one, of what lanes and B have in common.
   */
  private long fillingLead() {
    long unit = lead == 0 ? flow.lanes() : greatestCommonDivisor(flow.lanes(), batchSize);
    long fillingSteps = (batchSize + unit - 1) / unit * unit;
    return fillingSteps - unit + flow.lanes();
  }

  private static long greatestCommonDivisor(long a, long b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }

  @Override
  public void checkRounds() {
    LearnerSettings.super.checkRounds();
    if (flow.maxLead() != batchSize) {
      throw new InvalidSettingException(
          "The setting %s is %d, and must be the batch of %d steps in a deterministic run."
              .formatted(FlowSettings.MAX_LEAD, flow.maxLead(), batchSize));
    }
    if (lead != 0) {
      throw new InvalidSettingException(
          "The setting %s is %d, and must be 0 in a deterministic run.".formatted(LEAD, lead));
    }
  }
}
