package dev.relive.cli;

import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.service.Health;
import dev.relive.service.HttpEndpoint;
import dev.relive.service.Metrics;
import dev.relive.service.ServiceGroup;
import dev.relive.service.UserException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The embedded Kafka by itself. */
@Command(
    name = "broker",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "Run the embedded Kafka by itself, until Ctrl-C.",
    description = {
      "",
      "Keeps a log open for other commands and for Kafka's own tools. It listens on this machine"
          + " only. What it acknowledged, it finds again when it is started anew.",
    },
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  1:it failed, and says why",
      "  2:the command line or a RELIVE_ variable is wrong",
      "130:stopped by Ctrl-C",
    },
    footerHeading = "%n@|bold Example|@%n",
    footer = {
      "  relive broker --port 9092",
      "  relive learn                                         in another terminal",
      "  relive train --bootstrap-servers 127.0.0.1:9092      or all others in one",
    })
final class BrokerCommand extends ConfiguredCommand<BrokerProgram> {

  private static final Duration CLOSE_LIMIT = Duration.ofMillis(4_800);

  @ArgGroup(validate = false, order = 1, heading = "%n@|bold The log|@%n")
  private final DirectoryOptions directory = new DirectoryOptions();

  @ArgGroup(validate = false, order = 2, heading = "%n@|bold Network|@%n")
  private final ListenOptions listen = new ListenOptions();

  @ArgGroup(validate = false, order = 3, heading = "%n@|bold Disk|@%n")
  private final FloorOptions disk = new FloorOptions();

  @ArgGroup(validate = false, order = 4, heading = "%n@|bold Metrics and health|@%n")
  private final EndpointOptions.OfBroker endpoint = new EndpointOptions.OfBroker();

  @ArgGroup(validate = false, order = 5, heading = "%n@|bold Screen|@%n")
  private final ScreenOptions screen = new ScreenOptions();

  /** Where the broker listens. */
  static final class ListenOptions {

    @Option(
        names = "--port",
        paramLabel = "PORT",
        description = "The port on 127.0.0.1; 0 takes a free one.")
    int port = 9092;
  }

  BrokerCommand(Shell shell) {
    super(shell);
  }

  @Override
  BrokerProgram config() {
    InvalidOption.unlessWithin("--port", listen.port, 0, 65_535);
    return new BrokerProgram(
        new BrokerConfig(directory.dataDirectory, listen.port, disk.bytes()), endpoint.endpoint());
  }

  @Override
  int run(BrokerProgram config) throws Exception {
    BrokerConfig place = config.broker();
    try (ServiceGroup group = new ServiceGroup(CLOSE_LIMIT)) {
      group.closeOnSignal();
      group.failOnDeadThread();
      Farewell farewell = group.add("farewell", new Farewell());
      Logging log =
          group.add(
              "log messages", Logging.start(place.directory(), "broker", screen, shell().err()));
      Metrics metrics = group.add("metrics", new Metrics());
      EmbeddedBroker broker = group.add("broker", EmbeddedBroker.start(place));
      broker.onFailure(sentence -> group.fail(new UserException(sentence)));
      BrokerMetrics.register(metrics.registry(), broker);
      Health health = new Health();
      health.addReady("disk", () -> EmbeddedBroker.refusal(place.directory()));
      HttpEndpoint http = group.add("HTTP endpoint", config.endpoint().open(metrics, health));
      say(greeting(broker, http, log));
      broker.onRoom((isRoom, sentence) -> say(sentence + "\n"));
      group.await(new CompletableFuture<>());
      farewell.isDue = true;
    }
    return ExitCode.SUCCESS;
  }

  /** Closes last, when the log is at rest. */
  private final class Farewell implements AutoCloseable {

    private boolean isDue;

    @Override
    public void close() {
      if (isDue) {
        say("Stopped; the log is whole.\n");
      }
    }
  }

  private void say(String text) {
    if (!screen.quiet) {
      shell().out().print(text);
      shell().out().flush();
    }
  }

  private static String greeting(EmbeddedBroker broker, HttpEndpoint http, Logging log) {
    return """
    Kafka listens on %1$s and keeps its log in %2$s.

      relive learn, relive produce, relive evaluate      find it by its data directory
      %3$s      has its metrics and health
      %4$s      has its log messages

    Ctrl-C stops it.
    """
        .formatted(broker.bootstrapServers(), broker.directory(), http.uri(), log.file());
  }
}
