package dev.relive.cli;

import dev.relive.cli.display.Terminal;
import dev.relive.environments.Environments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** All environments in a table. */
@Command(
    name = "ls",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "List all environments, in the order of their ids.",
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  0:listed",
      "  2:the command line or a RELIVE_ variable is wrong",
    })
final class EnvironmentsListCommand extends PrintingCommand<EnvironmentsListCommand.Config> {

  /** It is told nothing. */
  record Config() {}

  EnvironmentsListCommand(Shell shell) {
    super(shell);
  }

  @Override
  Config config() {
    return new Config();
  }

  @Override
  int run(Config config) {
    List<EnvironmentSummary> known =
        Environments.registrations().stream().map(EnvironmentSummary::of).toList();
    shell().out().print(asJson() ? json(known) : text(known));
    return ExitCode.SUCCESS;
  }

  private String text(List<EnvironmentSummary> known) {
    Terminal terminal = Terminal.detect(shell().variables());
    int columns = terminal.isLive() ? terminal.columns() : Integer.MAX_VALUE;
    TextTable foreign = new TextTable();
    Environments.foreign().forEach(kind -> foreign.add(kind.scheme() + ":ID", kind.description()));
    String more = foreign.text(0);
    return EnvironmentSummary.table(known, columns)
        + (more.isEmpty() ? "" : "\nOutside this program\n" + more);
  }

  private static String json(List<EnvironmentSummary> known) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("environments", known.stream().map(EnvironmentSummary::json).toList());
    json.put(
        "foreign",
        Environments.foreign().stream()
            .map(kind -> Map.of("scheme", kind.scheme(), "description", kind.description()))
            .toList());
    return Json.text(json);
  }
}
