package dev.relive.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs {@code relive train} on a range of seeds, one after the other, and tabulates the results.
 */
@Command(
    name = "learning",
    sortOptions = false,
    description =
        "Runs `relive train` on a range of seeds, one after the other, and prints their results"
            + " with mean, median, interquartile mean and its 95 %% interval as a Markdown table.")
public final class LearningTable implements Callable<Integer> {

  @Option(
      names = "--seeds",
      paramLabel = "FIRST-LAST",
      description = "Seeds to run (default: ${DEFAULT-VALUE}).")
  private String seeds = "0-9";

  @Option(
      names = "--directory",
      paramLabel = "DIRECTORY",
      required = true,
      description = "Where data, results and output of the runs go: a new or empty one.")
  private Path directory = Path.of("");

  @Option(
      names = "--shared-data",
      description = "All runs use one data directory, instead of a fresh one each.")
  private boolean sharedData;

  @Option(names = "--markdown", paramLabel = "FILE", description = "Also writes the table there.")
  private @Nullable Path markdown;

  @Option(
      names = "--relive",
      paramLabel = "PROGRAM",
      description = "The relive command (default: ${DEFAULT-VALUE}).")
  private Path relive = Path.of("relive");

  @Parameters(paramLabel = "OPTION", description = "Passed on to `relive train`.")
  private List<String> trainOptions = new ArrayList<>();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean help;

  @Spec private CommandSpec spec = CommandSpec.create();

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new LearningTable())
        .setUnmatchedOptionsArePositionalParams(true)
        .setExecutionExceptionHandler(OneSentence::handle);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Long> wanted = seeds();
    requireEmpty();
    List<LearningResult> results = new ArrayList<>();
    for (long seed : wanted) {
      results.add(train(seed));
    }
    String report = new LearningReport(results, StratifiedBootstrap.DEFAULT).markdown();
    PrintWriter out = spec.commandLine().getOut();
    out.print(report);
    out.flush();
    if (markdown != null) {
      Files.writeString(markdown, report);
    }
    return 0;
  }

  private List<Long> seeds() {
    if (!seeds.matches("\\d{1,18}(-\\d{1,18})?")) {
      throw new ParameterException(
          spec.commandLine(), "--seeds is " + seeds + "; allowed are a number or FIRST-LAST.");
    }
    int dash = seeds.indexOf('-');
    long first = Long.parseLong(dash < 0 ? seeds : seeds.substring(0, dash));
    long last = Long.parseLong(seeds.substring(dash + 1));
    if (last < first || last - first >= 10_000) {
      throw new ParameterException(
          spec.commandLine(), "--seeds is " + seeds + "; allowed are 1 to 10,000 rising seeds.");
    }
    return Stream.iterate(first, seed -> seed <= last, seed -> seed + 1).toList();
  }

  /** Results of an earlier time must not be taken for this one's. */
  private void requireEmpty() throws IOException {
    Files.createDirectories(directory);
    try (Stream<Path> entries = Files.list(directory)) {
      if (entries.findAny().isPresent()) {
        throw new ParameterException(
            spec.commandLine(),
            "--directory is " + directory + ", which is not empty; allowed is a new one.");
      }
    }
  }

  private LearningResult train(long seed) throws IOException, InterruptedException {
    Path result = directory.resolve("seed-" + seed + ".json").toAbsolutePath();
    Path output = directory.resolve("seed-" + seed + ".log");
    Path data = directory.resolve(sharedData ? "data" : "data-" + seed).toAbsolutePath();
    List<String> command = new ArrayList<>(List.of(relive.toString(), "train", "--plain"));
    command.addAll(List.of("--seed", Long.toString(seed)));
    command.addAll(List.of("--data-directory", data.toString()));
    command.addAll(List.of("--result", result.toString()));
    command.addAll(trainOptions);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int exit = process.waitFor();
    if (!Files.exists(result)) {
      throw new IOException(
          "`%s` ended with %d and no result; its output is in %s: %s"
              .formatted(String.join(" ", command), exit, output, lastLine(output)));
    }
    LearningResult read = LearningResult.read(result);
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "seed %d: %s after %,d steps and %.1f s%n",
        seed, read.solved() ? "solved" : "not solved", read.steps(), read.totalSeconds());
    err.flush();
    return read;
  }

  private static String lastLine(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, UTF_8);
    return lines.isEmpty() ? "empty." : lines.get(lines.size() - 1);
  }
}
