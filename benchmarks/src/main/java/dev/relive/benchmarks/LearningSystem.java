package dev.relive.benchmarks;

import dev.relive.agents.EnvironmentMessages;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.learner.Algorithm;
import dev.relive.learner.LearnerConfig;
import dev.relive.learner.LearnerService;
import dev.relive.learner.LearnerStart;
import dev.relive.log.LogConnection;
import dev.relive.log.Settings;
import dev.relive.producers.ProducerConfig;
import dev.relive.producers.ProducerService;
import dev.relive.producers.ProducerStatus;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** A learner with a run of its own and its producers, all in this process. */
final class LearningSystem implements AutoCloseable {
  private static final long LOOK_AGAIN = Duration.ofNanos(200_000).toNanos();

  private final LearnerService learner;
  private final List<ProducerService> producers = new ArrayList<>();

  /**
   * Starts all of it.
   *
   * @param stated settings of the run that are not as usual
   */
  LearningSystem(LogConnection connection, Map<String, String> stated, int producerCount) {
    Algorithm algorithm = Algorithm.DOUBLE_DQN;
    LearnerStart run =
        new LearnerStart.NewRun(
            "benchmark",
            EnvironmentMessages.message(BenchmarkRun.ENVIRONMENT),
            algorithm,
            algorithm.defaults().with(Settings.of(stated)),
            0,
            false);
    learner =
        new LearnerService(
            new LearnerConfig(connection, run, DeviceChoice.CPU, Map.of()),
            new PrometheusRegistry(),
            Clock.systemUTC());
    try {
      learner.start();
      for (int producer = 0; producer < producerCount; producer++) {
        start(connection, "producer-" + producer);
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void start(LogConnection connection, String actor) {
    ProducerConfig config = BenchmarkRun.producer(connection, learner.run(), actor, false);
    ProducerService producer =
        new ProducerService(config, new PrometheusRegistry(), Clock.systemUTC());
    producers.add(producer);
    producer.start();
  }

  /** The run's id. */
  String run() {
    return learner.run();
  }

  /** Transitions that the learner has ingested. */
  long ingested() {
    return learner.status().runSteps();
  }

  /** The version by which the first producer acts; 0 before the first. */
  long actingVersion() {
    return producers.get(0).status().map(ProducerStatus::policyVersion).orElse(0L);
  }

  /**
   * Waits until a number that the system counts has been reached, and says what it then is.
   *
   * @throws IllegalStateException if a part ends before
   */
  long await(LongSupplier number, long least) {
    long now = number.getAsLong();
    while (now < least) {
      requireNotEnded();
      LockSupport.parkNanos(LOOK_AGAIN);
      now = number.getAsLong();
    }
    return now;
  }

  private void requireNotEnded() {
    if (learner.completion().isDone()) {
      learner.completion().join();
      throw new IllegalStateException("The learner has ended.");
    }
    for (ProducerService producer : producers) {
      if (producer.completion().isDone()) {
        producer.completion().join();
        throw new IllegalStateException("A producer has ended.");
      }
    }
  }

  @Override
  public void close() {
    producers.forEach(ProducerService::close);
    learner.close();
  }
}
