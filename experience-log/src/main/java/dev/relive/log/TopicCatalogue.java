package dev.relive.log;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.COMPRESSION_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_MS_CONFIG;

import dev.relive.log.wire.RunSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every topic of the protocol, by the table in {@code docs/design/protocol.md}. */
public final class TopicCatalogue {
  /** A stream's retention unless the user states one. */
  public static final Duration FOREVER = Duration.ofMillis(-1);

  private static final int LONGEST_NAME = 249;
  private static final int SNAPSHOT_PARTITIONS = 8;
  private static final String LARGEST_RECORD = Integer.toString(LogConnection.LARGEST_RECORD);
  private static final String LARGEST_REJECTED = Integer.toString(LogConnection.LARGEST_REJECTED);

  /** Kafka gives a disk back file by file. */
  private static final String EXPERIENCE_FILE = Integer.toString(256 << 20);

  private static final long SMALL_SEGMENT = Duration.ofMinutes(5).toMillis();
  private static final long LONGEST_SMALL_SEGMENT = Duration.ofHours(1).toMillis();
  private static final String REJECTED = ".rejected";
  private static final String KEPT = "because every record is kept";

  private final String prefix;

  /** The topics whose names begin with {@code prefix} and a dot. */
  public TopicCatalogue(String prefix) {
    this.prefix = prefix;
  }

  /** A stream's experience in one partition, kept for ever. */
  public Topic experience(String stream) {
    return experience(stream, 1, FOREVER);
  }

  /**
   * A stream's experience.
   *
   * @param partitions how many a new topic gets; an existing one keeps its own
   * @param retention after which the user wants segments deleted, or {@link #FOREVER}
   */
  public Topic experience(String stream, int partitions, Duration retention) {
    String milliseconds = Long.toString(retention.toMillis());
    Promise exactly =
        Promise.exactly(
            RETENTION_MS_CONFIG, milliseconds, "because that is the retention stated for the log");
    return experience(stream, partitions, milliseconds, exactly);
  }

  /** The experience of a run that is there already, kept at least as long as its spec says. */
  public Topic experienceOf(RunSpec run) {
    long retention = run.getRetentionMs() <= 0 ? FOREVER.toMillis() : run.getRetentionMs();
    String reason = "because that is the retention stated when run " + run.getRun() + " began";
    Promise longEnough =
        retention == FOREVER.toMillis()
            ? Promise.exactly(RETENTION_MS_CONFIG, "-1", reason)
            : Promise.atLeastOrNever(RETENTION_MS_CONFIG, retention, reason);
    return experience(run.getStream(), 1, Long.toString(retention), longEnough);
  }

  private Topic experience(String stream, int partitions, String milliseconds, Promise retention) {
    List<Promise> promises = new ArrayList<>();
    promises.add(
        Promise.exactly(
            CLEANUP_POLICY_CONFIG,
            "delete",
            "because compaction would drop segments by their key"));
    promises.add(retention);
    promises.add(
        Promise.exactly(
            RETENTION_BYTES_CONFIG, "-1", "because a size limit deletes segments unannounced"));
    promises.add(
        Promise.oneOf(
            COMPRESSION_TYPE_CONFIG,
            "because the broker would compress every batch again",
            "producer",
            "lz4"));
    promises.add(
        Promise.exactly(
            MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "LogAppendTime",
            "because reading from a time needs times in log order"));
    Map<String, String> settings =
        Map.of(
            CLEANUP_POLICY_CONFIG, "delete",
            RETENTION_MS_CONFIG, milliseconds,
            RETENTION_BYTES_CONFIG, "-1",
            COMPRESSION_TYPE_CONFIG, "producer",
            MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime",
            MAX_MESSAGE_BYTES_CONFIG, LARGEST_RECORD,
            SEGMENT_BYTES_CONFIG, EXPERIENCE_FILE);
    return new Topic(experienceName(stream), partitions, false, settings, promises);
  }

  /** Copies of the records of a stream that no reader can use, for four weeks. */
  public Topic rejected(String stream) {
    return new Topic(
        experienceName(stream) + REJECTED,
        1,
        true,
        Map.of(
            CLEANUP_POLICY_CONFIG,
            "delete",
            RETENTION_MS_CONFIG,
            Long.toString(Duration.ofDays(28).toMillis()),
            MAX_MESSAGE_BYTES_CONFIG,
            LARGEST_REJECTED),
        List.of(
            Promise.exactly(CLEANUP_POLICY_CONFIG, "delete", "because it is no table of keys"),
            Promise.atLeast(
                MAX_MESSAGE_BYTES_CONFIG,
                LogConnection.LARGEST_REJECTED,
                "because a copy of the largest record must fit with its headers")));
  }

  /** What runs there are: specs, states, verdicts. */
  public Topic runs() {
    return compacted("runs", "compact", true, Map.of(), List.of());
  }

  /** How far each run is. */
  public Topic progress() {
    return compacted("progress", "compact", true, small(), List.of(smallSegments()));
  }

  /** The newest weights of each run, for acting. */
  public Topic policies() {
    Map<String, String> settings = new HashMap<>(small());
    settings.put(RETENTION_MS_CONFIG, Long.toString(Duration.ofDays(7).toMillis()));
    settings.put(MAX_MESSAGE_BYTES_CONFIG, LARGEST_RECORD);
    settings.put(SEGMENT_BYTES_CONFIG, Integer.toString(2 * LogConnection.LARGEST_RECORD));
    return compacted("policies", "compact,delete", true, settings, List.of(smallSegments()));
  }

  /** The learners' whole states, in parts. */
  public Topic checkpoints() {
    return compacted(
        "checkpoints",
        "compact",
        true,
        Map.of(),
        List.of(
            Promise.atLeast(
                MAX_MESSAGE_BYTES_CONFIG,
                1_000_000,
                "because a checkpoint's part can be so large")));
  }

  /** Weights that are kept; evaluators share the runs by its partitions. */
  public Topic snapshots() {
    return kept("snapshots", SNAPSHOT_PARTITIONS, Map.of(MAX_MESSAGE_BYTES_CONFIG, LARGEST_RECORD));
  }

  /** Finished episodes of all runs. */
  public Topic episodes() {
    return kept("episodes", 1, Map.of());
  }

  /** Evaluations of all runs. */
  public Topic evaluations() {
    return kept("evaluations", 1, Map.of());
  }

  /**
   * What the members of an application call themselves that follows a stream: its consumer group,
   * and the beginning of its transactional ids and of its own topics' names.
   *
   * @param purpose what it does with the stream
   */
  public String application(String purpose, String stream) {
    return "relive-%s-%s-%s".formatted(prefix, purpose, StreamName.escape(stream));
  }

  /** The topics that all runs share. */
  public List<Topic> shared() {
    return List.of(
        runs(), progress(), policies(), snapshots(), checkpoints(), episodes(), evaluations());
  }

  /** The stream whose experience a topic holds; empty for every other topic. */
  public Optional<String> streamOf(String topic) {
    String start = prefix + ".experience.";
    if (!topic.startsWith(start)) {
      return Optional.empty();
    }
    String escaped = topic.substring(start.length());
    return escaped.matches("([a-zA-Z0-9-]|_[0-9a-f]{2})+")
        ? Optional.of(StreamName.unescape(escaped))
        : Optional.empty();
  }

  /** The stream of which a topic holds what was rejected; empty for every other topic. */
  public Optional<String> streamOfRejected(String topic) {
    return topic.endsWith(REJECTED)
        ? streamOf(topic.substring(0, topic.length() - REJECTED.length()))
        : Optional.empty();
  }

  private String experienceName(String stream) {
    if (stream.isEmpty()) {
      throw new LogException("A stream's name is empty.");
    }
    String name = prefix + ".experience." + StreamName.escape(stream);
    int length = name.length() + REJECTED.length();
    if (length > LONGEST_NAME) {
      throw new LogException(
          "The stream name '%s' is too long: its topics' names would have %d characters, and Kafka allows %d."
              .formatted(stream, length, LONGEST_NAME));
    }
    return name;
  }

  private Topic compacted(
      String name,
      String policy,
      boolean onePartition,
      Map<String, String> further,
      List<Promise> promises) {
    Map<String, String> settings = new HashMap<>(further);
    settings.put(CLEANUP_POLICY_CONFIG, policy);
    List<Promise> all = new ArrayList<>();
    all.add(
        Promise.all(
            CLEANUP_POLICY_CONFIG, policy, "because it keeps the newest record of every key"));
    all.addAll(promises);
    return new Topic(prefix + "." + name, 1, onePartition, Map.copyOf(settings), List.copyOf(all));
  }

  private Topic kept(String name, int partitions, Map<String, String> further) {
    Map<String, String> settings = new HashMap<>(further);
    settings.put(CLEANUP_POLICY_CONFIG, "delete");
    settings.put(RETENTION_MS_CONFIG, "-1");
    settings.put(RETENTION_BYTES_CONFIG, "-1");
    return new Topic(
        prefix + "." + name,
        partitions,
        false,
        Map.copyOf(settings),
        List.of(
            Promise.exactly(CLEANUP_POLICY_CONFIG, "delete", KEPT),
            Promise.exactly(RETENTION_MS_CONFIG, "-1", KEPT),
            Promise.exactly(RETENTION_BYTES_CONFIG, "-1", KEPT)));
  }

  private static Map<String, String> small() {
    return Map.of(SEGMENT_MS_CONFIG, Long.toString(SMALL_SEGMENT));
  }

  private static Promise smallSegments() {
    return Promise.atMost(
        SEGMENT_MS_CONFIG,
        LONGEST_SMALL_SEGMENT,
        "because Kafka never compacts the segment that it writes to");
  }
}
