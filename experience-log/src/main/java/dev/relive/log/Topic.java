package dev.relive.log;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A topic of the protocol.
 *
 * @param name its full name in Kafka
 * @param partitions how many it is created with
 * @param onePartition whether it must have one partition, because readers need a total order
 * @param settings what it is created with
 * @param promises what its settings must be, whoever created it
 */
public record Topic(
    String name,
    int partitions,
    boolean onePartition,
    Map<String, String> settings,
    List<Promise> promises) {

  /** Why an existing topic cannot be used, as a sentence; empty where it can. */
  Optional<String> broken(int actualPartitions, Map<String, String> actual) {
    if (onePartition && actualPartitions != 1) {
      return Optional.of(
          "Topic %s has %d partitions but must have 1, so that its records have one order."
              .formatted(name, actualPartitions));
    }
    return promises.stream()
        .filter(promise -> !promise.holds().test(actual.getOrDefault(promise.setting(), "")))
        .findFirst()
        .map(
            promise ->
                "Topic %s has %s=%s but must have %s, %s."
                    .formatted(
                        name,
                        promise.setting(),
                        actual.get(promise.setting()),
                        promise.need(),
                        promise.reason()));
  }
}
