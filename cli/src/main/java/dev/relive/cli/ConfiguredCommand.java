package dev.relive.cli;

import static java.util.Comparator.comparingInt;
import static java.util.Objects.requireNonNull;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command that checks all that it is told before it does anything, and can print it instead.
 *
 * @param <C> what it is told: immutable and checked
 */
abstract class ConfiguredCommand<C> implements Callable<Integer> {

  private final Shell shell;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--print-config",
      arity = "0..1",
      fallbackValue = "true",
      order = 100,
      description = "Print all that is set and by whom, and end. Secrets are left out.")
  private boolean printConfig;

  ConfiguredCommand(Shell shell) {
    this.shell = shell;
  }

  /** Checks the options and puts them together. */
  abstract C config();

  /**
   * Does the work.
   *
   * @return an {@link ExitCode}
   * @throws Exception why it cannot be done
   */
  abstract int run(C config) throws Exception;

  /** Adds what there is to print beside the options. */
  void describe(C config, PrintedConfig printed) {}

  /** What an option is that nobody states. */
  String unstated(C config, OptionSpec option) {
    return UsualValues.of(option);
  }

  /** Whether an option is printed as part of something else. */
  boolean isDescribedElsewhere(OptionSpec option) {
    return false;
  }

  final Shell shell() {
    return shell;
  }

  final CommandSpec spec() {
    return requireNonNull(spec, "picocli sets it");
  }

  @Override
  public final Integer call() throws Exception {
    C config = config();
    if (!printConfig) {
      return run(config);
    }
    shell.out().print(printed(config).text());
    shell.out().flush();
    return ExitCode.SUCCESS;
  }

  private PrintedConfig printed(C config) {
    PrintedConfig printed = new PrintedConfig(spec(), new EnvironmentVariables(shell.variables()));
    spec().options().stream()
        .filter(EnvironmentVariables::hasVariable)
        .filter(option -> !option.longestName().equals("--print-config"))
        .filter(option -> !isDescribedElsewhere(option))
        .sorted(comparingInt(ConfiguredCommand::position))
        .forEach(option -> printed.add(option, unstated(config, option)));
    describe(config, printed);
    return printed;
  }

  /** As in the help: group by group, and those without one at the end. */
  private static int position(OptionSpec option) {
    return option.group() == null ? Integer.MAX_VALUE : option.group().order();
  }
}
