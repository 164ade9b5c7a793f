package dev.relive.cli;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A producer by itself. */
@Command(
    name = "produce",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "Run a producer by itself: step environments for a run, until it ends.",
    description = {
      "",
      "Acts by the newest weights that the learner published and writes every transition to the"
          + " log. It may be started before the learner, and waits for it.",
    },
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  0:the run has ended, and all that was made is in the log",
      "  1:it failed, or what was made may not be in the log; it says which",
      "  2:the command line or a RELIVE_ variable is wrong",
      "130:stopped by Ctrl-C; all that was made is in the log",
    },
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  relive produce                          for the only active run",
      "  relive produce --run first --name left  a name of its own, to be recognised by",
    })
final class ProduceCommand extends ServiceCommand<ProduceConfig> {

  @ArgGroup(validate = false, order = 1, heading = "%n@|bold Producing|@%n")
  private final FollowOptions follow = new FollowOptions();

  @ArgGroup(validate = false, order = 2, heading = "%n@|bold Experience|@%n")
  private final ProducerOptions producer = new ProducerOptions();

  @ArgGroup(validate = false, order = 5, heading = "%n@|bold The end|@%n")
  private final EndOptions end = new EndOptions();

  @ArgGroup(validate = false, order = 80, heading = "%n@|bold Page, metrics and health|@%n")
  private final EndpointOptions.OfProducer endpoint = new EndpointOptions.OfProducer();

  /** How it steps. */
  static final class ProducerOptions extends DeviceOptions {

    @Option(
        names = "--lanes",
        paramLabel = "N",
        description = "Environments that it steps side by side.")
    @UsualValue("as the run says")
    @Nullable Integer lanes;

    @Option(
        names = "--free-running",
        arity = "0..1",
        fallbackValue = "true",
        description = "Step without waiting for the learner.")
    boolean freeRunning;

    @Option(
        names = "--delivery-timeout",
        paramLabel = "SECONDS",
        description = "After which what Kafka has not acknowledged is in doubt, and it ends.")
    int deliveryTimeout = 30;

    ProducerOptions() {
      super(Device.CPU);
    }

    OptionalInt lanes() {
      if (lanes == null) {
        return OptionalInt.empty();
      }
      InvalidOption.unlessWithin("--lanes", lanes, 1, 65_536);
      return OptionalInt.of(lanes);
    }
  }

  ProduceCommand(Shell shell) {
    super(shell);
  }

  @Override
  ProduceConfig config() {
    python().apply();
    return new ProduceConfig(
        place(),
        endpoint.endpoint(),
        follow.run(),
        follow.name("producer"),
        producer.lanes(),
        producer.freeRunning,
        producer.choice(),
        follow.runTimeout(),
        InvalidOption.seconds("--delivery-timeout", producer.deliveryTimeout),
        end.onEnd);
  }

  @Override
  Job job(ProduceConfig config, ServiceProcess process) {
    return new ProduceJob(config, process);
  }
}
