package dev.relive.cli;

import dev.relive.environments.EnvironmentSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** All there is to know of one environment. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "Show an environment: its spaces, and what can be chosen of it.",
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  0:shown",
      "  1:the environment fails",
      "  2:the command line or a RELIVE_ variable is wrong, or there is no such environment",
    })
final class EnvironmentsShowCommand extends PrintingCommand<EnvironmentsShowCommand.Config> {

  @Parameters(arity = "1", paramLabel = "ID", description = "The environment's id.")
  private String id = "";

  @Option(
      names = "--environment-option",
      paramLabel = "NAME=VALUE",
      split = ";",
      hideParamSyntax = true,
      description = "Show it with this option; can be repeated.")
  private Map<String, String> environmentOptions = new LinkedHashMap<>();

  @ArgGroup(validate = false, order = 60, heading = "%n@|bold Environments of Gymnasium|@%n")
  private final PythonOptions python = new PythonOptions();

  /**
   * What it is told.
   *
   * @param chosen options, as text
   */
  record Config(EnvironmentSpec environment, Map<String, String> chosen) {}

  EnvironmentsShowCommand(Shell shell) {
    super(shell);
  }

  @Override
  Config config() {
    python.apply();
    EnvironmentChoice choice = new EnvironmentChoice(Optional.of(id), environmentOptions);
    return new Config(choice.spec(id), choice.options());
  }

  @Override
  int run(Config config) {
    EnvironmentDetails details = new EnvironmentDetails(config.environment(), config.chosen());
    shell().out().print(asJson() ? Json.text(details.json()) : details.text());
    return ExitCode.SUCCESS;
  }
}
