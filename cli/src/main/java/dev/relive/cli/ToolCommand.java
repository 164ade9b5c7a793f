package dev.relive.cli;

import dev.relive.cli.display.Terminal;
import dev.relive.log.WritingRefusedException;
import dev.relive.service.ServiceGroup;
import java.time.Clock;
import java.time.Duration;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * A command that does one thing with a log, prints what came of it, and ends. Where no broker runs
 * on the data directory, it opens the log there for as long as that takes.
 *
 * @param <C> what it is told: immutable and checked
 */
abstract class ToolCommand<C extends ToolConfig> extends PrintingCommand<C> {

  private static final Duration CLOSE_LIMIT = Duration.ofMillis(4_800);

  private final Clock clock;

  @Option(
      names = {"-q", "--quiet"},
      arity = "0..1",
      fallbackValue = "true",
      description = "Do not say how far the work is.")
  private boolean quiet;

  @ArgGroup(validate = false, order = 70, heading = "%n@|bold The log|@%n")
  private final KafkaOptions kafka = new KafkaOptions();

  ToolCommand(Shell shell, Clock clock) {
    super(shell);
    this.clock = clock;
  }

  /**
   * Does the work.
   *
   * @return an {@link ExitCode}
   * @throws Exception why it cannot be done
   */
  abstract int run(C config, Tool tool) throws Exception;

  final LogPlace place() {
    return kafka.place();
  }

  @Override
  void describe(C config, PrintedConfig printed) {
    config.log().describe(printed);
  }

  @Override
  final int run(C config) throws Exception {
    ToolProgress progress =
        quiet
            ? ToolProgress.none()
            : ToolProgress.on(
                shell().err(), Terminal.detect(shell().variables()), System::nanoTime);
    try (ServiceGroup group = new ServiceGroup(CLOSE_LIMIT)) {
      group.closeOnSignal();
      ToolLog log = new ToolLog(config.log(), group);
      return run(config, new Tool(log, clock, shell().out(), asJson(), progress, group));
    } catch (WritingRefusedException e) {
      throw config.log().explained(e);
    } finally {
      progress.clear();
      shell().out().flush();
    }
  }
}
