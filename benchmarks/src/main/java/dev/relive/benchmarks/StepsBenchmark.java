package dev.relive.benchmarks;

import dev.relive.agents.ModelMessages;
import dev.relive.agents.Tensors;
import dev.relive.environments.Environments;
import dev.relive.environments.VectorEnvironment;
import dev.relive.environments.random.Generator;
import dev.relive.log.LogAdmin;
import dev.relive.log.LogConnection;
import dev.relive.log.Publication;
import dev.relive.log.RunPublisher;
import dev.relive.log.RunRegistry;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import dev.relive.producers.ProducerConfig;
import dev.relive.producers.ProducerService;
import dev.relive.producers.ProducerStatus;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.util.List;

/**
 * A producer that nothing holds back, from its policy to the log, beside the same policy and
 * environments in a bare loop without a log; and the environments alone. All act at random, so all
 * play the same short episodes.
 */
final class StepsBenchmark {
  private static final int LANES = BenchmarkRun.FLOW.lanes();

  /** The environments alone are so much faster; a round should not be short. */
  private static final int ENVIRONMENT_FACTOR = 64;

  private StepsBenchmark() {}

  static List<Row> measure(Effort effort) throws Exception {
    try (BenchmarkLog log = BenchmarkLog.start()) {
      createRun(log);
      List<Series> speeds =
          RoundRobin.measure(
              effort,
              List.of(
                  () -> produce(log.connection(), effort.steps()),
                  () -> BareLoop.stepsPerSecond(effort.steps()),
                  () -> step(ENVIRONMENT_FACTOR * effort.steps())));
      String lanes = ", " + LANES + " lanes";
      return List.of(
          new Row(
              "producer: act, step, record, write" + lanes,
              "steps/s",
              speeds.get(0),
              new Row.Yardstick("act and step in a bare loop", speeds.get(1), null)),
          new Row("environment alone" + lanes, "steps/s", speeds.get(2), null));
    }
  }

  /** A run with one policy, as its learner would have begun it. */
  private static void createRun(BenchmarkLog log) throws InterruptedException {
    LogConnection connection = log.connection();
    RunSpec spec = BenchmarkRun.onStream("experience");
    try (LogAdmin admin = LogAdmin.open(connection)) {
      admin.ensure(connection.topics().shared());
    }
    var unused = log.stream(spec.getStream());
    try (RunRegistry registry = new RunRegistry(connection);
        RunPublisher publisher = RunPublisher.open(connection, spec.getRun())) {
      registry.create(spec);
      publisher.publish(
          Publication.of(Progress.getDefaultInstance())
              .withPolicy(() -> policy(publisher.generation()))
              .with(RunState.newBuilder().setPhase(RunPhase.ACTIVE).build()));
      publisher.flush();
    }
  }

  private static Policy policy(long generation) {
    Tensors weights =
        Tensors.of(
            BareLoop.NETWORK.tensors(), BareLoop.NETWORK.initialParameters(Generator.seeded(0)));
    return Policy.newBuilder()
        .setRun(BenchmarkRun.ID)
        .setVersion(1)
        .setGeneration(generation)
        .setEpsilon(1)
        .setNetwork(ModelMessages.message(BareLoop.NETWORK))
        .setWeights(ModelMessages.message(weights))
        .build();
  }

  private static double produce(LogConnection connection, int steps) throws InterruptedException {
    ProducerConfig config =
        BenchmarkRun.producer(connection, BenchmarkRun.ID, ProducerConfig.DEFAULT_ACTOR, true);
    try (ProducerService producer =
        new ProducerService(config, new PrometheusRegistry(), Clock.systemUTC())) {
      producer.start();
      long first = awaitSteps(producer, LANES);
      long start = System.nanoTime();
      long last = awaitSteps(producer, first + steps);
      return RoundRobin.perSecond(last - first, start);
    }
  }

  /** Waits until the producer has made so many steps, and says how many it then has. */
  private static long awaitSteps(ProducerService producer, long steps) throws InterruptedException {
    while (true) {
      long made = producer.status().map(ProducerStatus::steps).orElse(0L);
      if (made >= steps) {
        return made;
      }
      if (producer.completion().isDone()) {
        producer.completion().join();
        throw new IllegalStateException("The producer ended after " + made + " steps.");
      }
      Thread.sleep(1);
    }
  }

  private static double step(int steps) {
    try (VectorEnvironment environment = Environments.vector(BenchmarkRun.ENVIRONMENT, LANES)) {
      environment.reset(0);
      Generator random = Generator.seeded(0);
      int[] actions = new int[LANES];
      long start = System.nanoTime();
      for (int made = 0; made < steps; made += LANES) {
        int bits = random.nextInt();
        for (int lane = 0; lane < LANES; lane++) {
          actions[lane] = bits >>> lane & 1;
        }
        environment.step(actions);
      }
      return RoundRobin.perSecond(steps, start);
    }
  }
}
