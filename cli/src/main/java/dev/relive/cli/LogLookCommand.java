package dev.relive.cli;

import dev.relive.broker.EmbeddedBroker;
import dev.relive.log.LogAdmin;
import dev.relive.log.LogConnection;
import dev.relive.log.RunReports;
import dev.relive.log.RunReports.RunReport;
import dev.relive.service.ServiceGroup;
import dev.relive.service.UserException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A command that reads a log, prints what it found, and ends. */
abstract class LogLookCommand extends ConfiguredCommand<LogPlace> {

  private static final Duration CLOSE_LIMIT = Duration.ofMillis(4_800);

  private final Clock clock;

  @Option(
      names = "--json",
      arity = "0..1",
      fallbackValue = "true",
      description = "Print JSON, for programs.")
  private boolean json;

  @Option(
      names = {"-v", "--verbose"},
      arity = "0..1",
      fallbackValue = "true",
      description = "With an error, show where in the program it came about.")
  @SuppressWarnings("UnusedVariable") // Whoever prints errors asks for it by its name.
  private boolean verbose;

  @ArgGroup(validate = false, order = 1, heading = "%n@|bold The log|@%n")
  private final KafkaOptions kafka = new KafkaOptions();

  LogLookCommand(Shell shell, Clock clock) {
    super(shell);
    this.clock = clock;
  }

  /** Prints what there is to say of a log's runs. */
  abstract void print(List<RunReport> runs, boolean asJson, PrintStream out);

  final Clock clock() {
    return clock;
  }

  @Override
  final LogPlace config() {
    return kafka.place();
  }

  @Override
  final void describe(LogPlace place, PrintedConfig printed) {
    place.describe(printed);
  }

  @Override
  final int run(LogPlace place) {
    try (ServiceGroup group = new ServiceGroup(CLOSE_LIMIT)) {
      group.closeOnSignal();
      RunReports reports = new RunReports(open(place, group));
      print(reports.read(), json, shell().out());
      shell().out().flush();
      long rejected = reports.rejected().total();
      if (rejected > 0) {
        shell().err().println(rejected + " records of the log could not be used.");
      }
      return ExitCode.SUCCESS;
    }
  }

  private static LogConnection open(LogPlace place, ServiceGroup group) {
    Optional<String> address = place.address();
    LogConnection connection =
        place.connection(address.orElseGet(() -> openOwn(place, group).bootstrapServers()));
    LogAdmin.open(connection, place.brokerTimeout()).close();
    return connection;
  }

  private static EmbeddedBroker openOwn(LogPlace place, ServiceGroup group) {
    if (!Files.isDirectory(place.dataDirectory().resolve("kafka"))) {
      throw new UserException(
          "The data directory %s holds no log; --data-directory names another, and --bootstrap-servers a Kafka."
              .formatted(place.dataDirectory()));
    }
    return OwnBroker.start(place, group);
  }
}
