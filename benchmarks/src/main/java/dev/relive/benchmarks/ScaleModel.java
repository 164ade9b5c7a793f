package dev.relive.benchmarks;

import java.util.ArrayDeque;

/**
 * A run with so many producers as no machine of ours holds: the protocol's credit, segments and
 * Progress with rates that were measured, in ticks of a millisecond. Producers make steps at their
 * own speed as far as their credit goes, a segment is cut when it is full or its producer is about
 * to wait, the network carries what there is room for, the learner takes segments in the order of
 * the log, and Progress returns the credit at most twenty times a second.
 *
 * <p>What it leaves out: lanes, Kafka's own processing, and that speeds vary.
 */
final class ScaleModel {
  static final int PROGRESS_EVERY_MS = 50;

  private static final int TICKS_PER_SECOND = 1_000;

  /** Of a Progress without its actors, with what Kafka adds to a transaction's record. */
  private static final int PROGRESS_BYTES = 500;

  /** Of each actor in it, of which it names a bounded number. */
  private static final int ACTOR_BYTES = 40;

  private static final int ACTORS_TOLD = 1_000;

  /**
   * What the parts do at most.
   *
   * @param producers how many
   * @param producerSteps steps a second that each makes when nothing holds it
   * @param maxLead steps that each may be ahead of what is ingested of it
   * @param segmentSteps steps of a full segment
   * @param learnerSteps steps a second that the learner ingests, with the updates due for them
   * @param bytesPerStep of a step in the log
   * @param policyBytes of a policy
   * @param policiesPerSecond that are published
   * @param networkBytes a second that the brokers together send, and as many that they receive
   * @param copies of each record
   */
  record Setting(
      int producers,
      double producerSteps,
      int maxLead,
      int segmentSteps,
      double learnerSteps,
      double bytesPerStep,
      double policyBytes,
      double policiesPerSecond,
      double networkBytes,
      int copies) {

    /** Bytes a second that brokers send to keep every producer's policy and credit new. */
    double feedBytes() {
      double progressPerSecond = (double) TICKS_PER_SECOND / PROGRESS_EVERY_MS;
      double progress = PROGRESS_BYTES + (double) ACTOR_BYTES * Math.min(producers, ACTORS_TOLD);
      return producers * (policyBytes * policiesPerSecond + progress * progressPerSecond);
    }

    /** Bytes that brokers send for each step: to the other copies, and to the learner. */
    double sentBytesPerStep() {
      return bytesPerStep * copies;
    }
  }

  /**
   * How it went.
   *
   * @param stepsPerSecond that the learner took
   * @param producersWait the share of their time in which producers had no credit
   * @param learnerWaits the share of its time in which the learner had nothing to take
   * @param network the share of the brokers' network that was used; above 1 if the feeds alone need
   *     more than there is
   * @param mostAhead the most steps that stood in the log, or were on their way, and were not taken
   */
  record Outcome(
      double stepsPerSecond,
      double producersWait,
      double learnerWaits,
      double network,
      long mostAhead) {

    /** What holds the run: the part that has no time or room left. */
    String bottleneck() {
      if (network >= 0.99) {
        return "network";
      }
      return learnerWaits < 0.01 ? "learner" : producersWait < 0.01 ? "producers" : "credit";
    }
  }

  private record Cut(int producer, double steps) {}

  private final Setting setting;
  private final double[] open;
  private final double[] made;
  private final double[] taken;
  private final double[] granted;
  private final ArrayDeque<Cut> unsent = new ArrayDeque<>();
  private final ArrayDeque<Cut> log = new ArrayDeque<>();
  private double ahead;

  private ScaleModel(Setting setting) {
    this.setting = setting;
    this.open = new double[setting.producers];
    this.made = new double[setting.producers];
    this.taken = new double[setting.producers];
    this.granted = new double[setting.producers];
  }

  /** Runs for {@code seconds}, of which the first half is the start and counts for nothing. */
  static Outcome run(Setting setting, int seconds) {
    return new ScaleModel(setting).run(seconds * TICKS_PER_SECOND);
  }

  private Outcome run(int ticks) {
    double feeds = Math.min(setting.feedBytes(), setting.networkBytes);
    double room = (setting.networkBytes - feeds) / TICKS_PER_SECOND;
    double waited = 0;
    double idle = 0;
    double steps = 0;
    double sent = 0;
    double mostAhead = 0;
    for (int tick = 0; tick < ticks; tick++) {
      boolean counts = tick >= ticks / 2;
      if (tick % PROGRESS_EVERY_MS == 0) {
        System.arraycopy(taken, 0, granted, 0, granted.length);
      }
      double waiting = produce();
      double carried = carry(room / setting.sentBytesPerStep());
      double learned = learn();
      if (counts) {
        waited += waiting;
        idle += 1 - learned / (setting.learnerSteps / TICKS_PER_SECOND);
        steps += learned;
        sent += carried * setting.sentBytesPerStep();
        mostAhead = Math.max(mostAhead, ahead);
      }
    }
    int counted = ticks - ticks / 2;
    double seconds = (double) counted / TICKS_PER_SECOND;
    return new Outcome(
        steps / seconds,
        waited / counted / setting.producers,
        idle / counted,
        (setting.feedBytes() + sent / seconds) / setting.networkBytes,
        Math.round(mostAhead));
  }

  /** Lets every producer step; returns how many ticks of theirs were spent without credit. */
  private double produce() {
    double own = setting.producerSteps / TICKS_PER_SECOND;
    double waiting = 0;
    for (int i = 0; i < made.length; i++) {
      double credit = Math.max(0, setting.maxLead - (made[i] - granted[i]));
      double steps = Math.min(own, credit);
      made[i] += steps;
      open[i] += steps;
      ahead += steps;
      waiting += 1 - steps / own;
      boolean mustWait = credit <= own;
      while (open[i] >= setting.segmentSteps || (mustWait && open[i] > 0)) {
        double cut = Math.min(open[i], setting.segmentSteps);
        unsent.add(new Cut(i, cut));
        open[i] -= cut;
      }
    }
    return waiting;
  }

  /** Brings whole segments into the log, as far as the tick's room goes; returns their steps. */
  private double carry(double roomInSteps) {
    double carried = 0;
    while (!unsent.isEmpty() && carried < roomInSteps) {
      Cut cut = unsent.remove();
      double part = Math.min(cut.steps, roomInSteps - carried);
      log.add(new Cut(cut.producer, part));
      carried += part;
      if (part < cut.steps) {
        unsent.addFirst(new Cut(cut.producer, cut.steps - part));
      }
    }
    return carried;
  }

  /** Lets the learner take what it can; returns its steps. */
  private double learn() {
    double budget = setting.learnerSteps / TICKS_PER_SECOND;
    double learned = 0;
    while (!log.isEmpty() && learned < budget) {
      Cut cut = log.remove();
      double part = Math.min(cut.steps, budget - learned);
      taken[cut.producer] += part;
      learned += part;
      ahead -= part;
      if (part < cut.steps) {
        log.addFirst(new Cut(cut.producer, cut.steps - part));
      }
    }
    return learned;
  }
}
