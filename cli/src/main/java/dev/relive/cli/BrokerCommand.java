package dev.relive.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The embedded Kafka by itself. */
@Command(
    name = "broker",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "Run the embedded Kafka by itself, until Ctrl-C.")
final class BrokerCommand implements Callable<Integer> {

  private final Shell shell;

  @Mixin private final ScreenOptions screen = new ScreenOptions();

  BrokerCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    shell.out().println(screen.verbose);
    return ExitCode.SUCCESS;
  }
}
