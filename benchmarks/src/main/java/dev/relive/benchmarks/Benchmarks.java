package dev.relive.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures ours beside its limits and peers and prints one table. */
@Command(
    name = "run",
    sortOptions = false,
    description = "Measures Relive beside its limits and peers, in turns, and prints one table.")
public final class Benchmarks implements Callable<Integer> {

  @Option(
      names = "--only",
      paramLabel = "ROWS",
      split = ",",
      description = "Which rows: ${COMPLETION-CANDIDATES} (default: all).")
  private List<Section> only = Arrays.asList(Section.values());

  @Option(names = "--json", paramLabel = "FILE", description = "Also writes the table there.")
  private @Nullable Path json;

  @Option(
      names = "--python",
      paramLabel = "FILE",
      description =
          "A Python interpreter with gymnasium and minatar, beside which the environments stand"
              + " (default of benchmarks/run: one that it makes).")
  private @Nullable Path python;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean help;

  @Spec private CommandSpec spec = CommandSpec.create();
  private final Effort effort;

  Benchmarks(Effort effort) {
    this.effort = effort;
  }

  public static void main(String[] arguments) {
    System.exit(commandLine(Effort.FULL).execute(arguments));
  }

  static CommandLine commandLine(Effort effort) {
    return new CommandLine(new Benchmarks(effort))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(OneSentence::handle);
  }

  @Override
  public Integer call() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (Section section : EnumSet.copyOf(only)) {
      spec.commandLine().getErr().println("measuring " + section + " …");
      spec.commandLine().getErr().flush();
      rows.addAll(section.measure(effort, python));
    }
    ResultTable table = new ResultTable(rows);
    spec.commandLine().getOut().print(table.text());
    spec.commandLine().getOut().flush();
    if (json != null) {
      table.writeJson(json);
    }
    return 0;
  }
}
