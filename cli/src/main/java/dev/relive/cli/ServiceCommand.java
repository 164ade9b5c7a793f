package dev.relive.cli;

import dev.relive.agents.DivergedException;
import dev.relive.cli.display.ProgressDisplay;
import dev.relive.cli.display.Terminal;
import dev.relive.log.WritingRefusedException;
import dev.relive.service.ServiceGroup;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ArgGroup;

/**
 * A command that runs services until their work is done or Ctrl-C stops it, and shows meanwhile how
 * they are.
 */
abstract class ServiceCommand<C extends ServiceConfig> extends ConfiguredCommand<C> {

  private static final Logger LOGGER = LoggerFactory.getLogger(ServiceCommand.class);
  private static final Duration CLOSE_LIMIT = Duration.ofMillis(4_800);

  @ArgGroup(validate = false, order = 60, heading = "%n@|bold Environments of Gymnasium|@%n")
  private final PythonOptions python = new PythonOptions();

  @ArgGroup(validate = false, order = 70, heading = "%n@|bold The log|@%n")
  private final KafkaOptions kafka = new KafkaOptions();

  @ArgGroup(validate = false, order = 90, heading = "%n@|bold Screen|@%n")
  private final ScreenOptions screen = new ScreenOptions();

  ServiceCommand(Shell shell) {
    super(shell);
  }

  final PythonOptions python() {
    return python;
  }

  final LogPlace place() {
    return kafka.place();
  }

  abstract Job job(C config, ServiceProcess process);

  @Override
  void describe(C config, PrintedConfig printed) {
    config.log().describe(printed);
  }

  @Override
  final int run(C config) throws Exception {
    Stopwatch stopwatch = Stopwatch.sinceJavaStart();
    try (ServiceGroup group = new ServiceGroup(CLOSE_LIMIT)) {
      group.closeOnSignal();
      group.failOnDeadThread();
      ServiceProcess process = new ServiceProcess(group, stopwatch);
      Job job = job(config, process);
      Conclusion conclusion = group.add("conclusion", new Conclusion(job));
      group.add(
          "log messages",
          Logging.start(config.log().dataDirectory(), spec().name(), screen, shell().err()));
      group.start(new ProgressLoop(display(), process.page(), job::view));
      int exitCode = runLogged(config, job, process);
      conclusion.isDue = true;
      return exitCode;
    }
  }

  private int runLogged(C config, Job job, ServiceProcess process) throws Exception {
    try {
      return job.run();
    } catch (WritingRefusedException e) {
      LOGGER.error("relive {} failed", spec().name(), e);
      throw config.log().explained(e);
    } catch (DivergedException e) {
      LOGGER.error("relive {} failed", spec().name(), e);
      process.tellMetricsOnceMore();
      throw e;
    } catch (Exception e) {
      LOGGER.error("relive {} failed", spec().name(), e);
      throw e;
    }
  }

  private ProgressDisplay display() {
    if (screen.quiet) {
      return ProgressDisplay.none();
    }
    boolean plain = screen.plain || screen.verbose;
    Terminal terminal = plain ? Terminal.none() : Terminal.detect(shell().variables());
    return ProgressDisplay.on(shell().out(), terminal);
  }

  /** Closes last, when the log is at rest: what it tells then stays true. */
  private final class Conclusion implements AutoCloseable {

    private final Job job;
    private boolean isDue;

    Conclusion(Job job) {
      this.job = job;
    }

    @Override
    public void close() {
      if (isDue) {
        shell().out().print("\n" + job.conclusion());
        shell().out().flush();
      }
    }
  }
}
