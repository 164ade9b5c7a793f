package dev.relive.learner;

import dev.relive.environments.random.Generator;
import dev.relive.log.ReaderCounters;
import dev.relive.log.Settings;
import dev.relive.log.wire.ElementType;
import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.Space;
import dev.relive.log.wire.SpaceKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** A small run of each algorithm, to be learned without Kafka. */
final class TestRuns {
  static final String RUN = "run";
  static final Position FIRST = Position.newBuilder().setTopic("topic").setOffset(50).build();

  static final Settings COMPUTES_WITH = Settings.of(Map.of("program", "1"));

  static final EnvironmentSpec ENVIRONMENT =
      EnvironmentSpec.newBuilder()
          .setId("Test-v0")
          .setObservations(
              Space.newBuilder().setKind(SpaceKind.BOX).setType(ElementType.FLOAT32).addShape(2))
          .setActions(
              Space.newBuilder()
                  .setKind(SpaceKind.DISCRETE)
                  .setType(ElementType.UINT8)
                  .addCounts(2))
          .build();

  private TestRuns() {}

  /** Default settings but for these. */
  static Settings settings(Algorithm algorithm, Map<String, String> others) {
    return algorithm.defaults().with(Settings.of(others));
  }

  static RunSpec spec(Algorithm algorithm, Settings settings, boolean deterministic) {
    return RunSpec.newBuilder()
        .setRun(RUN)
        .setEnvironment(ENVIRONMENT)
        .setAlgorithm(algorithm.id())
        .addAllSettings(settings.toMessages())
        .setSeed(7)
        .setDeterministic(deterministic)
        .build();
  }

  /** The spec of a run that learns what some filters let through of another's experience. */
  static RunSpec reader(Algorithm algorithm, Settings settings, ExperienceFilters filters) {
    return spec(algorithm, settings, false).toBuilder()
        .setSourceRun("source")
        .addAllFilters(filters.toSettings(2).toMessages())
        .build();
  }

  /** A pipeline whose updates compute nothing. */
  static LearnerPipeline pipeline(
      RunSpec spec, CountingUpdates updates, RecordingSink sink, InstantSource clock) {
    LearnerSettings settings = settings(spec);
    ObservationProcessing observations = ObservationProcessing.none(2);
    Learning learning =
        settings instanceof ReplaySettings replay
            ? new ReplayLearning(replay, observations, Generator.seeded(spec.getSeed()), updates)
            : new BatchLearning((BatchSettings) settings, observations, updates);
    return pipeline(spec, learning, sink, clock);
  }

  static LearnerPipeline pipeline(
      RunSpec spec, Learning learning, RecordingSink sink, InstantSource clock) {
    return new LearnerPipeline(
        spec, settings(spec), learning, sink, FIRST, new ReaderCounters(), COMPUTES_WITH, clock);
  }

  /** The settings of a spec, read. */
  static LearnerSettings settings(RunSpec spec) {
    return Algorithm.find(spec.getAlgorithm()).orElseThrow().settings(spec);
  }

  static InstantSource noon() {
    return InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));
  }
}
