package dev.relive.benchmarks;

import dev.relive.agents.EnvironmentMessages;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import dev.relive.log.FlowSettings;
import dev.relive.log.LogConnection;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.RunSpec;
import dev.relive.producers.ProducerConfig;
import java.util.OptionalInt;

/** The run that benchmarks write for: CartPole-v1 with the settings that `relive train` has. */
final class BenchmarkRun {
  static final String ID = "benchmark-run";
  static final EnvironmentSpec ENVIRONMENT = Environments.spec("CartPole-v1");
  static final FlowSettings FLOW = new FlowSettings(8, 128, 512);

  private BenchmarkRun() {}

  /** The run's spec on a stream of its own, from its beginning on. */
  static RunSpec onStream(String stream) {
    return RunSpec.newBuilder()
        .setRun(ID)
        .setEnvironment(EnvironmentMessages.message(ENVIRONMENT))
        .setAlgorithm("double-dqn")
        .addAllSettings(FLOW.toSettings().toMessages())
        .setStream(stream)
        .addPartitions(PartitionRange.newBuilder().setPartition(0).setFirstOffset(0))
        .setRetentionMs(-1)
        .build();
  }

  /**
   * A producer of a run with everything else as usual.
   *
   * @param freeRunning whether it steps without a learner's credit
   */
  static ProducerConfig producer(
      LogConnection connection, String run, String actor, boolean freeRunning) {
    ProducerConfig usual = ProducerConfig.of(connection);
    return new ProducerConfig(
        connection,
        run,
        actor,
        OptionalInt.empty(),
        freeRunning,
        DeviceChoice.CPU,
        usual.writer(),
        usual.runTimeout(),
        usual.flushTimeout());
  }
}
