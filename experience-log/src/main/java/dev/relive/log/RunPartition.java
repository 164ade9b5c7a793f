package dev.relive.log;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * The one partition of a topic that holds all records of a run, whatever their keys add to it: the
 * one where Kafka's default partitioner puts the key {@code run}.
 */
final class RunPartition {
  private RunPartition() {}

  static int of(String run, int partitions) {
    byte[] bytes = run.getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(bytes)) % partitions;
  }
}
