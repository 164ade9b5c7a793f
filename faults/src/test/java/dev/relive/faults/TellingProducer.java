package dev.relive.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.relive.log.Acknowledgement;
import dev.relive.log.LogAdmin;
import dev.relive.log.LogConnection;
import dev.relive.producers.ProducerConfig;
import dev.relive.producers.ProducerService;
import dev.relive.service.Health;
import dev.relive.service.HttpEndpoint;
import dev.relive.service.Metrics;
import dev.relive.service.ServiceGroup;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;

/**
 * The producer of {@code relive produce}, which says of every segment that it is in the log before
 * anything else follows from it. A line is one write, so a kill leaves it whole or unsaid.
 */
final class TellingProducer {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
  private static final Duration BROKER_LIMIT = Duration.ofMinutes(2);

  private TellingProducer() {}

  /** Takes the Kafka address, the run, the actor's name and the port of its metrics. */
  public static void main(String[] arguments) {
    ProducerConfig usual = ProducerConfig.of(LogConnection.to(arguments[0])).withRun(arguments[1]);
    ProducerConfig config =
        new ProducerConfig(
            usual.connection(),
            usual.run(),
            arguments[2],
            usual.lanes(),
            usual.freeRunning(),
            usual.device(),
            usual.writer(),
            usual.runTimeout(),
            usual.flushTimeout());
    try (ServiceGroup group = new ServiceGroup(CLOSE_LIMIT);
        FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      group.closeOnSignal();
      group.failOnDeadThread();
      LogAdmin.open(config.connection(), BROKER_LIMIT).close();
      Metrics metrics = group.add("metrics", new Metrics());
      group.add(
          "HTTP endpoint",
          HttpEndpoint.open("127.0.0.1", Integer.parseInt(arguments[3]), metrics, new Health()));
      ProducerService producer =
          new ProducerService(
              config, metrics.registry(), Clock.systemUTC(), segment -> tell(out, segment));
      group.start(producer);
      var unused = group.await(producer.completion());
    } catch (Exception e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void tell(FileOutputStream out, Acknowledgement segment) {
    String line =
        SegmentName.line(
            segment.lane().run(),
            segment.lane().actor(),
            segment.lane().epoch(),
            segment.sequence());
    try {
      out.write((line + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
