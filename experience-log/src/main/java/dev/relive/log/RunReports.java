package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;

import com.google.protobuf.Message;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.Progress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What a log tells of its runs at one moment, read without changing anything in it. */
public final class RunReports {
  private final LogConnection connection;
  private final RejectionCounters rejected = new RejectionCounters();

  /**
   * What a log tells of one run.
   *
   * @param progress its learner's last word; empty before the first
   * @param evaluations in the order in which they were made, confirmations among them
   */
  public record RunReport(Run run, Optional<Progress> progress, List<Evaluation> evaluations) {
    /** Copies the list. */
    public RunReport {
      evaluations = List.copyOf(evaluations);
    }
  }

  /** Reports of a log, whose topics need not exist. */
  public RunReports(LogConnection connection) {
    this.connection = connection;
  }

  /**
   * All runs there are now, oldest first.
   *
   * @throws LogException if the log cannot be read
   */
  public List<RunReport> read() {
    return read(runs -> runs);
  }

  /**
   * Some runs, in the order in which they are named. Only what is written of them is decoded and
   * held, however many others there are.
   *
   * @param idsOrLabels each an id, or the label of one run alone
   * @throws LogException if one is not there, several have a label, or the log cannot be read
   */
  public List<RunReport> read(List<String> idsOrLabels) {
    return read(
        runs ->
            idsOrLabels.stream()
                .map(RunChoice::of)
                .map(choice -> choice.among(runs).orElseThrow(() -> choice.none(runs)))
                .toList());
  }

  /**
   * All runs there are now, oldest first, and nothing of what they did.
   *
   * @throws LogException if the log cannot be read
   */
  public List<Run> runs() {
    RunTable runs = new RunTable(rejected);
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        connection.consumer(IsolationLevel.READ_COMMITTED)) {
      read(
          consumer, connection.topics().runs(), record -> runs.apply(record.key(), record.value()));
    } catch (KafkaException e) {
      throw LogException.during("Reading the runs", e);
    }
    return runs.runs();
  }

  private List<RunReport> read(UnaryOperator<List<Run>> choice) {
    RunTable runs = new RunTable(rejected);
    Map<String, Progress> progress = new HashMap<>();
    Map<String, List<Evaluation>> evaluations = new HashMap<>();
    TopicCatalogue topics = connection.topics();
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        connection.consumer(IsolationLevel.READ_COMMITTED)) {
      read(consumer, topics.runs(), record -> runs.apply(record.key(), record.value()));
      List<Run> chosen = choice.apply(runs.runs());
      Set<String> ids = chosen.stream().map(Run::id).collect(toSet());
      read(
          consumer,
          topics.progress(),
          record -> {
            if (isOfAny(ids, record)) {
              applyProgress(progress, record);
            }
          });
      read(
          consumer,
          topics.evaluations(),
          record -> {
            if (isOfAny(ids, record)) {
              applyEvaluation(evaluations, record);
            }
          });
      return chosen.stream()
          .map(
              run ->
                  new RunReport(
                      run,
                      Optional.ofNullable(progress.get(run.id())),
                      evaluations.getOrDefault(run.id(), List.of())))
          .toList();
    } catch (KafkaException e) {
      throw LogException.during("Reading the runs", e);
    }
  }

  private static boolean isOfAny(Set<String> runs, ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    return record.key() != null && runs.contains(UTF_8.decode(record.key().duplicate()).toString());
  }

  /**
   * The report of the run with an id, else of the only one with it as its label.
   *
   * @throws LogException if there is none, or several have the label
   */
  public static RunReport choose(List<RunReport> reports, String idOrLabel) {
    RunChoice choice = RunChoice.of(idOrLabel);
    List<Run> runs = reports.stream().map(RunReport::run).toList();
    Run chosen = choice.among(runs).orElseThrow(() -> choice.none(runs));
    return reports.get(runs.indexOf(chosen));
  }

  /** Records that could not be used. */
  public RejectionCounters rejected() {
    return rejected;
  }

  private void applyProgress(
      Map<String, Progress> newest, ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    if (record.value() == null && record.key() != null) {
      newest.remove(UTF_8.decode(record.key().duplicate()).toString());
    }
    Progress progress = decode(RecordCodec.PROGRESS, record.value());
    if (progress != null) {
      newest.put(progress.getRun(), progress);
    }
  }

  private void applyEvaluation(
      Map<String, List<Evaluation>> evaluations, ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    Evaluation evaluation = decode(RecordCodec.EVALUATION, record.value());
    if (evaluation != null) {
      evaluations.computeIfAbsent(evaluation.getRun(), key -> new ArrayList<>()).add(evaluation);
    }
  }

  private <T extends Message> @Nullable T decode(RecordCodec<T> codec, @Nullable ByteBuffer value) {
    try {
      return value == null ? null : codec.decode(value);
    } catch (RejectedRecordException e) {
      rejected.add(e.reason());
      return null;
    }
  }

  /** Reads all that stands in a topic; nothing where there is no such topic. */
  private void read(
      KafkaConsumer<ByteBuffer, ByteBuffer> consumer,
      Topic topic,
      Consumer<ConsumerRecord<ByteBuffer, ByteBuffer>> each) {
    List<PartitionInfo> known = consumer.partitionsFor(topic.name());
    List<TopicPartition> partitions =
        known == null
            ? List.of()
            : known.stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    CommittedEnds.await(connection, consumer, partitions)
        .forEach(
            (partition, end) -> {
              PartitionScan scan = new PartitionScan(consumer, partition);
              scan.read(scan.begin(), end, each);
            });
  }
}
