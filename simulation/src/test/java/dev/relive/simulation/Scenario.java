package dev.relive.simulation;

import dev.relive.learner.Algorithm;
import dev.relive.learner.LearnerSettings;
import dev.relive.log.Settings;
import dev.relive.log.wire.ElementType;
import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.Space;
import dev.relive.log.wire.SpaceKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a seed chooses before its schedule begins: the run, who takes part, and how much trouble
 * they meet. A rate of 0 means never, of n once in n times.
 *
 * @param actors producers' names, at least one
 * @param listedActors most actors that the learner's Progress lists
 * @param threshold the return from which on the evaluators find the run solved; empty: never
 * @param idempotent whether the broker knows records that producers send again
 * @param troubledEvents events before the trouble ends
 * @param killedIn requests of a process until it is killed in one
 * @param lostIn requests to the broker until one is lost, or its answer
 * @param strikeIn events until somebody is killed, replaced, or slowed down
 * @param compactedIn events until the compacted topics are compacted
 * @param damagedIn segments until one is damaged in the log
 */
record Scenario(
    RunSpec spec,
    LearnerSettings settings,
    List<String> actors,
    int evaluators,
    int listedActors,
    OptionalDouble threshold,
    boolean idempotent,
    int troubledEvents,
    int killedIn,
    int lostIn,
    int strikeIn,
    int compactedIn,
    int damagedIn) {

  static final String RUN = "run";
  static final int OBSERVATION_SIZE = 2;

  static final EnvironmentSpec ENVIRONMENT =
      EnvironmentSpec.newBuilder()
          .setId("Tiny-v0")
          .setObservations(
              Space.newBuilder()
                  .setKind(SpaceKind.BOX)
                  .setType(ElementType.FLOAT32)
                  .addShape(OBSERVATION_SIZE))
          .setActions(
              Space.newBuilder()
                  .setKind(SpaceKind.DISCRETE)
                  .setType(ElementType.UINT8)
                  .addCounts(2))
          .build();

  static Scenario of(Chance chance) {
    Algorithm algorithm = chance.pick(List.of(Algorithm.DOUBLE_DQN, Algorithm.ACTOR_CRITIC));
    boolean deterministic = chance.onceIn(4);
    boolean calm = chance.onceIn(5);
    boolean idempotent = !chance.onceIn(3);
    boolean damages = !calm && idempotent && !deterministic && chance.onceIn(2);
    Map<String, String> values =
        algorithm == Algorithm.DOUBLE_DQN
            ? replaySettings(chance, damages)
            : batchSettings(chance, deterministic, damages);
    Settings settings = algorithm.defaults().with(Settings.of(values));
    RunSpec spec = spec(algorithm, settings, deterministic, chance);
    return new Scenario(
        spec,
        algorithm.settings(settings, deterministic),
        List.of("ada", "bob", "cyd", "dan").subList(0, deterministic ? 1 : chance.between(1, 4)),
        chance.between(0, 2),
        chance.onceIn(2) ? chance.between(1, 3) : 100,
        chance.onceIn(4) ? OptionalDouble.of(chance.between(20, 200)) : OptionalDouble.empty(),
        idempotent,
        chance.between(200, 2_500),
        calm ? 0 : chance.between(50, 500),
        calm ? 0 : chance.between(10, 100),
        calm ? 0 : chance.between(30, 400),
        chance.between(5, 200),
        damages ? chance.between(10, 60) : 0);
  }

  /** What is lost last is never ingested: to go on a producer needs credit for a segment more. */
  private static Map<String, String> common(
      Chance chance, int lanes, int maxLead, boolean damages) {
    Map<String, String> values = new LinkedHashMap<>();
    int segmentLength = chance.between(1, 6);
    values.put("flow.lanes", Integer.toString(lanes));
    values.put("flow.segment-length", Integer.toString(segmentLength));
    values.put("flow.max-lead", Integer.toString(damages ? maxLead + segmentLength : maxLead));
    values.put("schedule.steps", Integer.toString(chance.between(60, 240)));
    values.put("schedule.snapshot-every", Integer.toString(chance.between(15, 60)));
    values.put(
        "schedule.checkpoint-every",
        Integer.toString(chance.onceIn(5) ? 1_000_000 : chance.between(10, 60)));
    return values;
  }

  private static Map<String, String> replaySettings(Chance chance, boolean damages) {
    int lanes = chance.between(1, 3);
    Map<String, String> values = common(chance, lanes, lanes * chance.between(1, 8), damages);
    int starts = chance.between(0, 20);
    values.put("schedule.learning-starts", Integer.toString(starts));
    values.put("schedule.train-every", Integer.toString(chance.between(1, 9)));
    values.put("schedule.updates", Integer.toString(chance.between(1, 2)));
    values.put("replay.capacity", Integer.toString(chance.between(20, 120)));
    values.put("replay.batch-size", "4");
    values.put("return.steps", Integer.toString(chance.between(1, 3)));
    return values;
  }

  private static Map<String, String> batchSettings(
      Chance chance, boolean deterministic, boolean damages) {
    int lanes = chance.between(1, 3);
    int batch = lanes * chance.between(2, 6);
    int maxLead = deterministic ? batch : batch + lanes + chance.between(0, 12);
    Map<String, String> values = common(chance, lanes, maxLead, damages);
    values.put("actor-critic.batch-size", Integer.toString(batch));
    values.put("actor-critic.lead", Integer.toString(deterministic ? 0 : chance.between(0, 2)));
    return values;
  }

  private static RunSpec spec(
      Algorithm algorithm, Settings settings, boolean deterministic, Chance chance) {
    return RunSpec.newBuilder()
        .setRun(RUN)
        .setStream("tiny")
        .setEnvironment(ENVIRONMENT)
        .setAlgorithm(algorithm.id())
        .addAllSettings(settings.toMessages())
        .setSeed(chance.between(0, 1_000))
        .setDeterministic(deterministic)
        .addPartitions(PartitionRange.getDefaultInstance())
        .build();
  }

  @Override
  public String toString() {
    return "%s%s, %s%n%d producers (%d listed, %s), %d evaluators (threshold %s), trouble for %d events: killed in %d, lost in %d, struck in %d, compacted in %d, damaged in %d"
        .formatted(
            spec.getDeterministic() ? "deterministic " : "",
            spec.getAlgorithm(),
            settings,
            actors.size(),
            listedActors,
            idempotent ? "idempotent" : "with duplicates",
            evaluators,
            threshold,
            troubledEvents,
            killedIn,
            lostIn,
            strikeIn,
            compactedIn,
            damagedIn);
  }

  /** The same run with nobody in trouble. */
  Scenario inPeace() {
    return new Scenario(
        spec,
        settings,
        actors,
        evaluators,
        listedActors,
        threshold,
        idempotent,
        troubledEvents,
        0,
        0,
        0,
        compactedIn,
        0);
  }

  boolean deterministic() {
    return spec.getDeterministic();
  }

  /** Whether producers wait for versions. */
  boolean lockstep() {
    return deterministic() || settings.onPolicy();
  }
}
