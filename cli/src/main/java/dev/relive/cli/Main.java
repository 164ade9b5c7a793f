package dev.relive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The {@code relive} command. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", "true"); // pictures are drawn, and never shown
    System.exit(run(Shell.ofProcess(), arguments));
  }

  /**
   * Runs one command to its end.
   *
   * @return an {@link ExitCode}
   */
  static int run(Shell shell, String... arguments) {
    CommandLine relive = commandLine(shell);
    if (arguments.length == 0) {
      relive.usage(relive.getOut());
      return ExitCode.SUCCESS;
    }
    try {
      return relive.execute(arguments);
    } catch (ServiceConfigurationError e) {
      // It names a class that is not there, say.
      shell.err().println("What is on the class path cannot be used: " + e.getMessage());
      return ExitCode.FAILURE;
    }
  }

  static CommandLine commandLine(Shell shell) {
    EnvironmentVariables variables = new EnvironmentVariables(shell.variables());
    CommandErrors errors = new CommandErrors(shell.err(), variables);
    return new CommandLine(new ReliveCommand())
        .addSubcommand(withSettings(new CommandLine(new TrainCommand(shell))))
        .addSubcommand(new BrokerCommand(shell))
        .addSubcommand(withSettings(new CommandLine(new LearnCommand(shell))))
        .addSubcommand(withSettings(new CommandLine(new ReplayCommand(shell))))
        .addSubcommand(new ProduceCommand(shell))
        .addSubcommand(new EvaluateCommand(shell))
        .addSubcommand(environments(shell))
        .addSubcommand(new PlayCommand(shell, Clock.systemUTC()))
        .addSubcommand(runs(shell))
        .addSubcommand(snapshots(shell))
        .addSubcommand(log(shell))
        .setDefaultValueProvider(variables)
        .setExecutionStrategy(parsed -> execute(parsed, variables, shell))
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOverwrittenOptionsAllowed(true)
        .setHelpFactory(CommandHelp::new)
        .setUsageHelpWidth(CommandHelp.WIDTH)
        .setUsageHelpLongOptionsMaxWidth(CommandHelp.OPTION_WIDTH)
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.AUTO))
        .setOut(new PrintWriter(shell.out(), true, UTF_8))
        .setErr(new PrintWriter(shell.err(), true, UTF_8));
  }

  private static CommandLine environments(Shell shell) {
    return new CommandLine(new EnvironmentsCommand())
        .addSubcommand(new EnvironmentsListCommand(shell))
        .addSubcommand(new EnvironmentsShowCommand(shell));
  }

  private static CommandLine runs(Shell shell) {
    return new CommandLine(new RunsCommand())
        .addSubcommand(new RunsListCommand(shell, Clock.systemUTC()))
        .addSubcommand(new RunsShowCommand(shell, Clock.systemUTC()))
        .addSubcommand(new RunsCompareCommand(shell, Clock.systemUTC()))
        .addSubcommand(new RunsReproduceCommand(shell, Clock.systemUTC()))
        .addSubcommand(new RunsDeleteCommand(shell, Clock.systemUTC()));
  }

  private static CommandLine snapshots(Shell shell) {
    return new CommandLine(new SnapshotsCommand())
        .addSubcommand(new SnapshotsListCommand(shell, Clock.systemUTC()))
        .addSubcommand(new SnapshotsExportCommand(shell, Clock.systemUTC()));
  }

  private static CommandLine log(Shell shell) {
    return new CommandLine(new LogCommand())
        .addSubcommand(new LogListCommand(shell, Clock.systemUTC()))
        .addSubcommand(new LogStatCommand(shell, Clock.systemUTC()))
        .addSubcommand(new LogShowCommand(shell, Clock.systemUTC()))
        .addSubcommand(new LogVerifyCommand(shell, Clock.systemUTC()))
        .addSubcommand(new LogExportCommand(shell, Clock.systemUTC()))
        .addSubcommand(new LogImportCommand(shell, Clock.systemUTC()))
        .addSubcommand(new LogPruneCommand(shell, Clock.systemUTC()));
  }

  /** A mistyped variable is pointed out, and otherwise left alone. */
  private static int execute(ParseResult parsed, EnvironmentVariables variables, Shell shell) {
    variables
        .unknown(options(parsed.commandSpec()))
        .forEach(sentence -> shell.err().println(sentence));
    return new RunLast().execute(parsed);
  }

  private static List<OptionSpec> options(CommandSpec command) {
    List<OptionSpec> options = new ArrayList<>(command.options());
    command
        .subcommands()
        .values()
        .forEach(subcommand -> options.addAll(options(subcommand.getCommandSpec())));
    return options;
  }

  /** Adds what the command's {@code --set} can set to its help, after the options. */
  private static CommandLine withSettings(CommandLine command) {
    List<String> sections = new ArrayList<>(command.getHelpSectionKeys());
    sections.add(sections.indexOf(SECTION_KEY_OPTION_LIST) + 1, "settings");
    command.getHelpSectionMap().put("settings", CommandHelp::settings);
    return command.setHelpSectionKeys(sections);
  }
}
