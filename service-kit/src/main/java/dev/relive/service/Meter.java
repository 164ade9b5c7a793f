package dev.relive.service;

import static dev.relive.service.Meter.Type.COUNTER;
import static dev.relive.service.Meter.Type.GAUGE;
import static dev.relive.service.Meter.Type.HISTOGRAM;
import static dev.relive.service.Meter.Type.INFO;
import static dev.relive.service.Meter.Type.SUMMARY;
import static dev.relive.service.Meter.Unit.BYTES;
import static dev.relive.service.Meter.Unit.EPISODES;
import static dev.relive.service.Meter.Unit.EVENTS;
import static dev.relive.service.Meter.Unit.FLAG;
import static dev.relive.service.Meter.Unit.NUMBER;
import static dev.relive.service.Meter.Unit.RETURN;
import static dev.relive.service.Meter.Unit.SECONDS;
import static dev.relive.service.Meter.Unit.STEPS;
import static dev.relive.service.Meter.Unit.UNIX_TIME;
import static dev.relive.service.Meter.Unit.VERSION;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Every meter that Relive's own services have. They register them from here by {@link Meters}, and
 * {@code docs/metrics.md} and the dashboards are checked against it.
 *
 * <p>A step is a transition of an environment. Labels are few and bounded: an episode, a lane or a
 * policy version is never one.
 */
public enum Meter {
  RUN_INFO(
      INFO,
      NUMBER,
      "What the run is; 1 in every process that works for it.",
      Labels.RUN,
      "label",
      "environment",
      "algorithm"),

  PRODUCER_STEPS(COUNTER, STEPS, "Transitions made.", Labels.ACTOR),
  PRODUCER_EPISODES(COUNTER, EPISODES, "Episodes finished.", Labels.ACTOR),
  PRODUCER_EPISODES_ABANDONED(
      COUNTER, EPISODES, "Episodes that broke off because the environment failed.", Labels.ACTOR),
  PRODUCER_EPISODE_RETURN(
      SUMMARY, RETURN, "Undiscounted sum of an episode's rewards.", Labels.ACTOR),
  PRODUCER_EPISODE_LENGTH_STEPS(SUMMARY, STEPS, "Transitions of an episode.", Labels.ACTOR),
  PRODUCER_SEGMENTS_SENT(COUNTER, EVENTS, "Segments handed to Kafka.", Labels.ACTOR),
  PRODUCER_SEGMENTS_ACKNOWLEDGED(COUNTER, EVENTS, "Segments in the log.", Labels.ACTOR),
  PRODUCER_SEGMENTS_IN_FLIGHT(
      GAUGE, EVENTS, "Segments handed to Kafka and not acknowledged yet.", Labels.ACTOR),
  PRODUCER_SENT_BYTES(COUNTER, BYTES, "Records handed to Kafka, uncompressed.", Labels.ACTOR),
  PRODUCER_ACKNOWLEDGED_BYTES(COUNTER, BYTES, "Records in the log, uncompressed.", Labels.ACTOR),
  PRODUCER_WAITING_SECONDS(
      COUNTER,
      SECONDS,
      "Time in which the environments stood still, by what was waited for: the run's first policy,"
          + " the version that the learner requires, or credit.",
      Labels.ACTOR,
      "reason"),
  PRODUCER_LEAD_STEPS(GAUGE, STEPS, "Transitions that the learner has not ingested.", Labels.ACTOR),
  PRODUCER_CREDIT_STEPS(
      GAUGE, STEPS, "Transitions that may be made before the learner ingests more.", Labels.ACTOR),
  PRODUCER_POLICY_VERSION(GAUGE, VERSION, "The version acting; 0 before the first.", Labels.ACTOR),
  PRODUCER_POLICY_DELAY_SECONDS(
      HISTOGRAM,
      SECONDS,
      "From a policy's publication to the first step that it chose.",
      Labels.ACTOR),
  PRODUCER_POLICIES_REFUSED(COUNTER, EVENTS, "Policies that cannot be acted by.", Labels.ACTOR),
  PRODUCER_EPSILON(GAUGE, NUMBER, "Probability of a random action.", Labels.ACTOR),
  PRODUCER_LANES(GAUGE, NUMBER, "Environments stepped together.", Labels.ACTOR),

  LEARNER_STEPS(COUNTER, STEPS, "Transitions ingested.", Labels.RUN),
  LEARNER_STALE_STEPS(COUNTER, STEPS, "Transitions too old to learn from, skipped.", Labels.RUN),
  LEARNER_SEGMENTS_READ(COUNTER, EVENTS, "Segments read.", Labels.RUN),
  LEARNER_READ_BYTES(COUNTER, BYTES, "Their records, uncompressed.", Labels.RUN),
  LEARNER_SEGMENTS_MISSING(COUNTER, EVENTS, "Segments missing from the log.", Labels.RUN),
  LEARNER_SEGMENTS_DUPLICATE(
      COUNTER, EVENTS, "Segments dropped because they had been ingested.", Labels.RUN),
  LEARNER_RECORDS_REJECTED(COUNTER, EVENTS, "Records that cannot be used.", Labels.RUN),
  LEARNER_LOG_LAG_RECORDS(GAUGE, EVENTS, "Records of the log not fetched yet.", Labels.RUN),
  LEARNER_WAITING_SECONDS(
      COUNTER, SECONDS, "Time in which training waited for segments.", Labels.RUN),
  LEARNER_UPDATES(COUNTER, EVENTS, "Updates made.", Labels.RUN),
  LEARNER_BATCH_SIZE(GAUGE, STEPS, "Transitions of an update.", Labels.RUN),
  LEARNER_LOSS(GAUGE, NUMBER, "Of the last update.", Labels.RUN),
  LEARNER_GRADIENT_NORM(
      GAUGE, NUMBER, "Global norm of the last update's gradient, before clipping.", Labels.RUN),
  LEARNER_DIVERGED(
      GAUGE, FLAG, "1 once the gradient was no finite number, which ends the run.", Labels.RUN),
  LEARNER_POLICY_VERSION(GAUGE, VERSION, "Newest version published.", Labels.RUN),
  LEARNER_REQUIRED_VERSION(
      GAUGE, VERSION, "Oldest version that producers may step with; 0: any.", Labels.RUN),
  LEARNER_SNAPSHOT_VERSION(GAUGE, VERSION, "Newest version kept; 0 before the first.", Labels.RUN),
  LEARNER_SNAPSHOT_TIMESTAMP_SECONDS(
      GAUGE,
      UNIX_TIME,
      "When the newest version was kept; before this learner's first, when it took up the run.",
      Labels.RUN),
  LEARNER_CHECKPOINTS(COUNTER, EVENTS, "Checkpoints made by this learner.", Labels.RUN),
  LEARNER_CHECKPOINT_STEPS(
      GAUGE, STEPS, "Transitions ingested at the newest checkpoint.", Labels.RUN),
  LEARNER_GENERATION(GAUGE, NUMBER, "Learners that the run has had.", Labels.RUN),
  LEARNER_RESUMED_STEPS(
      GAUGE, STEPS, "Transitions that the run had when this learner took it up.", Labels.RUN),
  LEARNER_TRANSACTIONS(COUNTER, EVENTS, "Transactions committed.", Labels.RUN),
  LEARNER_TRANSACTION_RETRIES(COUNTER, EVENTS, "Transactions aborted and repeated.", Labels.RUN),
  LEARNER_TRANSACTION_SECONDS(
      COUNTER, SECONDS, "Time from the beginning of transactions to their commit.", Labels.RUN),

  LEARNER_REPLAY_TRANSITIONS(GAUGE, STEPS, "Transitions to sample from (double DQN).", Labels.RUN),
  LEARNER_REPLAY_CAPACITY(
      GAUGE, STEPS, "Observations that the replay can hold (double DQN).", Labels.RUN),
  LEARNER_REPLAY_OLDEST_TIMESTAMP_SECONDS(
      GAUGE,
      UNIX_TIME,
      "When the log took in the oldest transition of the replay (double DQN).",
      Labels.RUN),
  LEARNER_EPSILON(GAUGE, NUMBER, "Exploration asked of producers (double DQN).", Labels.RUN),
  LEARNER_Q_VALUE_MEAN(
      GAUGE, NUMBER, "Mean Q value of the last update's batch (double DQN).", Labels.RUN),
  LEARNER_TD_ERROR_MEAN(
      GAUGE, NUMBER, "Mean |TD error| of the last update's batch (double DQN).", Labels.RUN),

  LEARNER_BATCH_TRANSITIONS(
      GAUGE, STEPS, "Transitions that wait for an update (actor-critic).", Labels.RUN),
  LEARNER_VALUE_MEAN(
      GAUGE, NUMBER, "Mean value of the last update's batch (actor-critic).", Labels.RUN),
  LEARNER_POLICY_LOSS(GAUGE, NUMBER, "Of the last update (actor-critic).", Labels.RUN),
  LEARNER_VALUE_LOSS(GAUGE, NUMBER, "Of the last update (actor-critic).", Labels.RUN),
  LEARNER_ENTROPY(GAUGE, NUMBER, "Mean entropy of the policy in nats (actor-critic).", Labels.RUN),
  LEARNER_EXPLAINED_VARIANCE(
      GAUGE,
      NUMBER,
      "1 where the critic knew all returns, 0 where it knew nothing (actor-critic).",
      Labels.RUN),
  LEARNER_RATIO_MEAN(
      GAUGE,
      NUMBER,
      "Mean of π/μ: 1 where the batch was made by the weights that it changes (actor-critic).",
      Labels.RUN),

  LEARNER_DROPPED_STEPS(
      COUNTER, STEPS, "Transitions kept out by the filters (replay of a run).", Labels.RUN),
  LEARNER_DROPPED_VERSION_STEPS(
      COUNTER,
      STEPS,
      "Those of them that other policy versions had chosen (replay of a run).",
      Labels.RUN),
  LEARNER_LOW_RETURN_EPISODES(
      COUNTER, EPISODES, "Episodes whose return was too low (replay of a run).", Labels.RUN),
  LEARNER_ABANDONED_EPISODES(
      COUNTER, EPISODES, "Episodes that never ended (replay of a run).", Labels.RUN),
  LEARNER_OVERSIZED_EPISODES(
      COUNTER, EPISODES, "Episodes too long to be held (replay of a run).", Labels.RUN),
  LEARNER_HELD_EPISODES(
      GAUGE, EPISODES, "Episodes whose end is waited for (replay of a run).", Labels.RUN),

  EVALUATOR_EVALUATIONS(COUNTER, EVENTS, "Evaluations made.", Labels.RUN),
  EVALUATOR_SNAPSHOTS_SKIPPED(COUNTER, EVENTS, "Snapshots passed over for newer ones.", Labels.RUN),
  EVALUATOR_SNAPSHOTS_REFUSED(COUNTER, EVENTS, "Snapshots that cannot be played.", Labels.RUN),
  EVALUATOR_DURATION_SECONDS(
      HISTOGRAM, SECONDS, "Time that the episodes of an evaluation took.", Labels.RUN),
  EVALUATOR_ACTIVE(GAUGE, FLAG, "1 if it evaluates the run, 0 if it stands by.", Labels.RUN),
  EVALUATOR_SOLVED(GAUGE, FLAG, "1 once the run is solved.", Labels.RUN),
  EVALUATOR_RETURN_MEAN(GAUGE, RETURN, "Mean return of the last evaluation.", Labels.RUN),
  EVALUATOR_RETURN_MEDIAN(GAUGE, RETURN, "Median return of the last evaluation.", Labels.RUN),
  EVALUATOR_RETURN_CONFIDENCE_LOW(
      GAUGE,
      RETURN,
      "Lower end of the 95 % confidence interval of the last evaluation's mean.",
      Labels.RUN),
  EVALUATOR_RETURN_CONFIDENCE_HIGH(
      GAUGE,
      RETURN,
      "Upper end of the 95 % confidence interval of the last evaluation's mean.",
      Labels.RUN),
  EVALUATOR_RETURN_MIN(GAUGE, RETURN, "Smallest return of the last evaluation.", Labels.RUN),
  EVALUATOR_RETURN_MAX(GAUGE, RETURN, "Largest return of the last evaluation.", Labels.RUN),
  EVALUATOR_RETURN_STANDARD_DEVIATION(
      GAUGE, RETURN, "Of the returns of the last evaluation.", Labels.RUN),
  EVALUATOR_BEST_RETURN_MEAN(GAUGE, RETURN, "Best mean return so far.", Labels.RUN),
  EVALUATOR_BEST_VERSION(GAUGE, VERSION, "Version with the best mean return.", Labels.RUN),
  EVALUATOR_STOCHASTIC_RETURN_MEAN(
      GAUGE, RETURN, "Mean return of the last evaluation that acted as in training.", Labels.RUN),
  EVALUATOR_RETURN_THRESHOLD(
      GAUGE, RETURN, "Mean return at which the environment counts as solved.", Labels.RUN),
  EVALUATOR_LAST_VERSION(GAUGE, VERSION, "Version evaluated last.", Labels.RUN),
  EVALUATOR_LAST_TIMESTAMP_SECONDS(
      GAUGE,
      UNIX_TIME,
      "When the last evaluation was made; before the first, when the evaluator started.",
      Labels.RUN),
  EVALUATOR_VERSION_LAG(
      GAUGE,
      VERSION,
      "Versions from the snapshot evaluated last to the newest; only where it is active.",
      Labels.RUN),

  EPISODES_ENDED(
      COUNTER,
      EPISODES,
      "Episodes of training that ended, as the log tells, by how: terminated and truncated ones are"
          + " in the topic of episodes.",
      Labels.RUN,
      "end"),
  EPISODES_OPEN(GAUGE, EPISODES, "Episodes of training that have begun and not ended.", Labels.RUN),
  EPISODES_RETURN(
      SUMMARY, RETURN, "Undiscounted sum of the rewards of an episode of training.", Labels.RUN),
  EPISODES_SEGMENTS_READ(COUNTER, EVENTS, "Segments joined to episodes.", Labels.RUN),
  EPISODES_SEGMENTS_MISSING(
      COUNTER, EVENTS, "Segments missing where episodes were joined.", Labels.RUN),
  EPISODES_SEGMENTS_DUPLICATE(
      COUNTER, EVENTS, "Segments dropped because they had been joined.", Labels.RUN),
  EPISODES_RECORDS_REJECTED(
      COUNTER, EVENTS, "Records that are no segments, of all runs of the stream.", "reason"),
  EPISODES_LOG_LAG_RECORDS(
      GAUGE, EVENTS, "Records of the stream that wait to be joined by this process."),

  BROKER_FREE_DISK_BYTES(GAUGE, BYTES, "Free space on the disk of the data directory."),
  BROKER_FREE_DISK_FLOOR_BYTES(GAUGE, BYTES, "Free space below which no experience is taken."),
  BROKER_TAKES_EXPERIENCE(GAUGE, FLAG, "0 while less of the disk is free than the floor."),
  BROKER_LOG_BYTES(GAUGE, BYTES, "What a partition takes on disk.", "topic", "partition"),

  PROCESS_RESIDENT_MEMORY_BYTES(
      GAUGE, BYTES, "Memory of the process, PyTorch's included (Linux only).");

  /** What Prometheus calls a metric's type. */
  public enum Type {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    SUMMARY,
    INFO
  }

  /** What a value counts or measures. */
  public enum Unit {
    /** Of the environment: transitions. */
    STEPS("steps"),
    EPISODES("episodes"),
    /** What the help says. */
    EVENTS("1"),
    BYTES("bytes"),
    SECONDS("seconds"),
    /** Seconds since 1970, so that an age is {@code time() - …}. */
    UNIX_TIME("seconds since 1970"),
    /** Of the environment: undiscounted rewards. */
    RETURN("reward"),
    /** A policy version; each publication of weights has the next. */
    VERSION("version"),
    /** 1 or 0. */
    FLAG("1 or 0"),
    NUMBER("1");

    private final String words;

    Unit(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** The labels that most have. */
  private static final class Labels {
    static final String RUN = "run";
    static final String ACTOR = "run,actor";
  }

  private final Type type;
  private final Unit unit;
  private final String help;
  private final String labels;

  Meter(Type type, Unit unit, String help, String... labels) {
    this.type = type;
    this.unit = unit;
    this.help = help;
    this.labels = String.join(",", labels);
  }

  /** The name without the suffixes that its type adds. */
  String baseName() {
    String words = name().toLowerCase(Locale.ROOT);
    String prefixed = name().startsWith("PROCESS_") ? words : "relive_" + words;
    return type == Type.INFO ? prefixed.replaceFirst("_info$", "") : prefixed;
  }

  /**
   * The name by which it is asked for: a counter ends in {@code _total}, an info in {@code _info}.
   */
  public String metricName() {
    return switch (type) {
      case COUNTER -> baseName() + "_total";
      case INFO -> baseName() + "_info";
      case GAUGE, HISTOGRAM, SUMMARY -> baseName();
    };
  }

  public Type type() {
    return type;
  }

  public Unit unit() {
    return unit;
  }

  public String help() {
    return help;
  }

  /** The labels in the order in which their values are given. */
  public List<String> labels() {
    return labels.isEmpty() ? List.of() : List.of(labels.split(","));
  }

  /** The label names as the Prometheus client takes them. */
  String[] labelNames() {
    return labels().toArray(String[]::new);
  }

  /** Every name that samples of the meters have. */
  public static List<String> sampleNames() {
    return Arrays.stream(values()).flatMap(meter -> meter.samples().stream()).toList();
  }

  private List<String> samples() {
    return switch (type) {
      case COUNTER, GAUGE, INFO -> List.of(metricName());
      case SUMMARY -> List.of(baseName(), baseName() + "_sum", baseName() + "_count");
      case HISTOGRAM -> List.of(baseName() + "_bucket", baseName() + "_sum", baseName() + "_count");
    };
  }
}
