package dev.relive.log;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates and checks topics. */
public final class LogAdmin implements AutoCloseable {
  private static final Duration UNTIL_USABLE = Duration.ofSeconds(30);

  private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(10);

  private final LogConnection connection;
  private final Duration timeout;
  private final Admin admin;

  private LogAdmin(LogConnection connection, Duration timeout, Admin admin) {
    this.connection = connection;
    this.timeout = timeout;
    this.admin = admin;
  }

  /** Connects, waiting ten seconds for a broker, see {@link #open(LogConnection, Duration)}. */
  public static LogAdmin open(LogConnection connection) {
    return open(connection, Duration.ofSeconds(10));
  }

  /**
   * Connects and sees whether a broker answers.
   *
   * @param timeout how long to wait for a broker, now and at every later call
   * @throws LogException if no broker answers
   */
  public static LogAdmin open(LogConnection connection, Duration timeout) {
    Admin admin = connection.open(() -> Admin.create(connection.adminProperties(timeout)));
    LogAdmin opened = new LogAdmin(connection, timeout, admin);
    try {
      opened.get(
          admin.describeCluster().clusterId(), "Connecting to " + connection.bootstrapServers());
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /**
   * Creates the topics that are missing, waits until they can be used, and checks those that were
   * there. Services may do this at the same time.
   *
   * @throws LogException naming the topic, its setting and its value, if one breaks a promise
   */
  public void ensure(Collection<Topic> topics) {
    Map<String, TopicDescription> present = describe(topics);
    List<Topic> missing =
        topics.stream().filter(topic -> !present.containsKey(topic.name())).toList();
    if (!missing.isEmpty()) {
      create(missing);
      present.putAll(awaitUsable(missing));
    }
    check(topics, present);
  }

  /**
   * Checks that a partition is there.
   *
   * @throws LogException if it is not
   */
  public void requirePartition(Topic topic, int partition) {
    TopicDescription description = describe(List.of(topic)).get(topic.name());
    if (description == null) {
      throw new LogException("There is no topic %s.".formatted(topic.name()));
    }
    int partitions = description.partitions().size();
    if (partition < 0 || partition >= partitions) {
      throw new LogException(
          "Topic %s has no partition %d: it has %d, counted from 0."
              .formatted(topic.name(), partition, partitions));
    }
  }

  /** The largest record that a topic takes, in bytes. */
  public int largestRecord(Topic topic) {
    Map<String, String> settings = settings(List.of(topic)).get(topic.name());
    return settings == null
        ? LogConnection.LARGEST_RECORD
        : Integer.parseInt(
            settings.getOrDefault(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(LogConnection.LARGEST_RECORD)));
  }

  /** How long a topic that is there keeps its records, or {@link TopicCatalogue#FOREVER}. */
  public Duration retention(Topic topic) {
    Map<String, String> settings =
        settingsOf(List.of(topic.name())).getOrDefault(topic.name(), Map.of());
    return Duration.ofMillis(
        Long.parseLong(settings.getOrDefault(TopicConfig.RETENTION_MS_CONFIG, "-1")));
  }

  /** How many partitions a topic has; 0 where there is no such topic. */
  public int partitions(Topic topic) {
    TopicDescription description = describe(List.of(topic)).get(topic.name());
    return description == null ? 0 : description.partitions().size();
  }

  /** Where the next record of a partition will stand. */
  public long endOffset(Topic topic, int partition) {
    TopicPartition place = new TopicPartition(topic.name(), partition);
    return get(
            admin.listOffsets(Map.of(place, OffsetSpec.latest())).partitionResult(place),
            "Finding the end of " + place)
        .offset();
  }

  /** Where a consumer group goes on in a partition; 0 where it has committed nothing there. */
  public long committedOffset(String group, Topic topic, int partition) {
    OffsetAndMetadata committed =
        get(
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
                "Finding how far group " + group + " has come")
            .get(new TopicPartition(topic.name(), partition));
    return committed == null ? 0 : committed.offset();
  }

  /**
   * Whether the last transaction of a transactional id was aborted, and no producer has taken the
   * id since.
   */
  boolean isAborted(String transactionalId) {
    long deadline = System.nanoTime() + timeout.toNanos();
    TransactionState state = transactionState(transactionalId);
    while (state == TransactionState.PREPARE_ABORT && System.nanoTime() < deadline) {
      LockSupport.parkNanos(BETWEEN_LOOKS);
      state = transactionState(transactionalId);
    }
    return state == TransactionState.COMPLETE_ABORT;
  }

  private TransactionState transactionState(String transactionalId) {
    return get(
            admin.describeTransactions(List.of(transactionalId)).description(transactionalId),
            "Asking for the transaction " + transactionalId)
        .state();
  }

  /**
   * Aborts every open transaction and fences who began it. What a killed process left open holds
   * back all readers of committed records, and whoever takes over its place in a group, until
   * Kafka's time limit. Only for who knows that no living process has a transaction open, such as
   * one that has just started a broker of its own: another's would fail. One that was committed and
   * is only not marked so everywhere is left to the broker, which marks it.
   *
   * @return how many were aborted
   */
  public int abortOpenTransactions() {
    List<String> open =
        get(
                admin
                    .listTransactions(
                        new ListTransactionsOptions()
                            .filterStates(Set.of(TransactionState.ONGOING)))
                    .all(),
                "Looking for open transactions")
            .stream()
            .map(TransactionListing::transactionalId)
            .toList();
    if (!open.isEmpty()) {
      get(admin.fenceProducers(open).all(), "Aborting open transactions");
    }
    return open.size();
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }

  /** The client, for what only one class asks. */
  Admin client() {
    return admin;
  }

  LogConnection connection() {
    return connection;
  }

  private Map<String, TopicDescription> describe(Collection<Topic> topics) {
    Map<String, TopicDescription> present = new HashMap<>();
    admin
        .describeTopics(topics.stream().map(Topic::name).toList())
        .topicNameValues()
        .forEach(
            (name, future) ->
                find(future, "Describing topic " + name).ifPresent(d -> present.put(name, d)));
    return present;
  }

  private void create(Collection<Topic> topics) {
    List<NewTopic> wanted = new ArrayList<>();
    for (Topic topic : topics) {
      wanted.add(
          new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
              .configs(topic.settings()));
    }
    admin
        .createTopics(wanted, new CreateTopicsOptions())
        .values()
        .forEach((name, future) -> createdByAnyone(future, name));
  }

  private void createdByAnyone(KafkaFuture<Void> future, String name) {
    try {
      get(future, "Creating topic " + name);
    } catch (LogException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private Map<String, TopicDescription> awaitUsable(Collection<Topic> topics) {
    long deadline = System.nanoTime() + UNTIL_USABLE.toNanos();
    while (true) {
      Map<String, TopicDescription> present = describe(topics);
      if (present.size() == topics.size()
          && present.values().stream().allMatch(LogAdmin::hasLeaders)) {
        askLeaders(present.values());
        return present;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new LogException(
            "The topics %s were created but cannot be used after %d seconds."
                .formatted(topics.stream().map(Topic::name).toList(), UNTIL_USABLE.toSeconds()));
      }
      LockSupport.parkNanos(BETWEEN_LOOKS);
    }
  }

  private static boolean hasLeaders(TopicDescription topic) {
    return topic.partitions().stream()
        .allMatch(partition -> partition.leader() != null && !partition.leader().isEmpty());
  }

  /**
   * Waits until each leader says where its partition ends. Until then it refuses what is written,
   * and where it refuses a producer's first batch and takes the second, Kafka's client offers the
   * first one in vain for as long as it may.
   */
  private void askLeaders(Collection<TopicDescription> topics) {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (TopicDescription topic : topics) {
      topic
          .partitions()
          .forEach(
              partition ->
                  ends.put(
                      new TopicPartition(topic.name(), partition.partition()),
                      OffsetSpec.latest()));
    }
    get(admin.listOffsets(ends).all(), "Asking the leaders of new topics");
  }

  private void check(Collection<Topic> topics, Map<String, TopicDescription> present) {
    Map<String, Map<String, String>> settings = settings(topics);
    for (Topic topic : topics) {
      TopicDescription description = present.get(topic.name());
      int partitions = description == null ? 0 : description.partitions().size();
      Optional<String> broken =
          topic.broken(partitions, settings.getOrDefault(topic.name(), Map.of()));
      if (broken.isPresent()) {
        throw new LogException(broken.get());
      }
    }
  }

  private Map<String, Map<String, String>> settings(Collection<Topic> topics) {
    return settingsOf(topics.stream().map(Topic::name).toList());
  }

  /** Kafka's settings of topics that are there: by topic, by name. */
  Map<String, Map<String, String>> settingsOf(Collection<String> topics) {
    List<ConfigResource> resources =
        topics.stream().map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic)).toList();
    Map<String, Map<String, String>> settings = new HashMap<>();
    admin
        .describeConfigs(resources)
        .values()
        .forEach(
            (resource, asked) ->
                settings.put(
                    resource.name(),
                    config(resource, asked).entries().stream()
                        .filter(entry -> entry.value() != null)
                        .collect(toMap(ConfigEntry::name, ConfigEntry::value))));
    return settings;
  }

  /** The broker that was asked may not have heard yet of a topic that others know. */
  private Config config(ConfigResource topic, KafkaFuture<Config> asked) {
    String what = "Reading the settings of topic " + topic.name();
    long deadline = System.nanoTime() + UNTIL_USABLE.toNanos();
    Optional<Config> config = find(asked, what);
    while (config.isEmpty() && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(BETWEEN_LOOKS);
      config =
          find(admin.describeConfigs(List.of(topic)).all().thenApply(all -> all.get(topic)), what);
    }
    return config.orElseThrow(
        () -> new LogException("There is no topic %s.".formatted(topic.name())));
  }

  private <T> Optional<T> find(KafkaFuture<T> future, String what) {
    try {
      return Optional.of(get(future, what));
    } catch (LogException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Waits for an answer of the brokers.
   *
   * @param what was asked for, to begin a sentence with
   * @throws LogException why there is none
   */
  <T> T get(KafkaFuture<T> future, String what) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw new LogException(new SilentKafka(connection).sentence(timeout), e.getCause());
      }
      throw LogException.during(what, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogException(what + " was interrupted.", e);
    }
  }
}
