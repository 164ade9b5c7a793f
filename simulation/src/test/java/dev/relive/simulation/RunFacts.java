package dev.relive.simulation;

import dev.relive.log.SimulatedFeed;
import dev.relive.log.Topic;
import dev.relive.log.TopicCatalogue;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Snapshot;
import dev.relive.simulation.kafka.SimulatedKafka;
import org.jspecify.annotations.Nullable;

/** The run's topics, and readers of them. */
final class RunFacts {
  private static final String RUN = Scenario.RUN;
  private final SimulatedKafka kafka;
  private final TopicCatalogue topics = new TopicCatalogue("relive");
  private final Topic experience;
  private final String policyTopic = topics.policies().name();
  private final String snapshotTopic = topics.snapshots().name();
  private final String checkpointTopic = topics.checkpoints().name();
  private final String progressTopic = topics.progress().name();
  private final String runTopic = topics.runs().name();
  private final String evaluationTopic = topics.evaluations().name();

  RunFacts(SimulatedKafka kafka, Scenario scenario) {
    this.kafka = kafka;
    this.experience = topics.experience(scenario.spec().getStream());
  }

  SimulatedKafka kafka() {
    return kafka;
  }

  TopicCatalogue topics() {
    return topics;
  }

  Topic experience() {
    return experience;
  }

  String experienceTopic() {
    return experience.name();
  }

  String policyTopic() {
    return policyTopic;
  }

  String snapshotTopic() {
    return snapshotTopic;
  }

  String checkpointTopic() {
    return checkpointTopic;
  }

  String progressTopic() {
    return progressTopic;
  }

  String runTopic() {
    return runTopic;
  }

  String evaluationTopic() {
    return evaluationTopic;
  }

  SimulatedFeed<Policy> policies() {
    return SimulatedFeed.policies(kafka, topics, RUN);
  }

  SimulatedFeed<Policy> uncommittedPolicies() {
    return policies().uncommitted();
  }

  SimulatedFeed<Progress> progress() {
    return SimulatedFeed.progress(kafka, topics, RUN);
  }

  SimulatedFeed<Snapshot> snapshots() {
    return SimulatedFeed.snapshots(kafka, topics, RUN);
  }

  SimulatedFeed<Evaluation> evaluations() {
    return SimulatedFeed.evaluations(kafka, topics, RUN);
  }

  SimulatedFeed<RunState> states() {
    return SimulatedFeed.states(kafka, topics, RUN);
  }

  SimulatedFeed<RunVerdict> verdicts() {
    return SimulatedFeed.verdicts(kafka, topics, RUN);
  }

  static boolean hasEnded(@Nullable RunState state) {
    return state != null && state.getPhase() == RunPhase.STOPPED;
  }
}
