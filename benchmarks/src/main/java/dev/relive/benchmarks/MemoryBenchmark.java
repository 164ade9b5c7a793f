package dev.relive.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A broker, a learner, two producers and an evaluator, each a process of its own, with a learner
 * that learns twenty times as slowly as usual: what the producers could make more than it takes has
 * to stay unmade, and the memory of all stays as it is.
 */
@Command(
    name = "memory",
    sortOptions = false,
    description =
        "Runs a broker, a learner that is twenty times slower than usual, two producers and an"
            + " evaluator as processes, samples their memory and says whether it is flat.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the memory of all is flat", "1:it is not, or a process ended"})
public final class MemoryBenchmark implements Callable<Integer> {
  private static final int STOP_SECONDS = 15;

  /** Some samples must come in a minute. */
  private static final int LONGEST = 10;

  /** Rounds of twenty times as many updates, so small that no policy ever solves the run. */
  private static final List<String> SLOW =
      List.of(
          "--steps", "1000000000",
          "--set", "schedule.updates=320",
          "--set", "double-dqn.learning-rate=1e-12");

  @Option(
      names = "--directory",
      paramLabel = "DIRECTORY",
      required = true,
      description = "Where the log and the output of the processes go: a new one.")
  private Path directory = Path.of("");

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "For how long (default: ${DEFAULT-VALUE}).")
  private int minutes = 5;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      description = "Time between two samples (default: ${DEFAULT-VALUE}).")
  private int every = 5;

  @Option(
      names = "--java-options",
      paramLabel = "OPTIONS",
      description = "Of all processes (default: ${DEFAULT-VALUE}).")
  private String javaOptions = "-Xmx256m";

  @Option(
      names = "--relive",
      paramLabel = "PROGRAM",
      description = "The relive command (default: ${DEFAULT-VALUE}).")
  private Path relive = Path.of("relive");

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean help;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final List<Sampled> all = new ArrayList<>();

  private record Sampled(String name, Process process, Path output, List<MemorySample> samples) {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new MemoryBenchmark()).setExecutionExceptionHandler(OneSentence::handle);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    checkTimes();
    Files.createDirectory(directory);
    try {
      start("broker", "broker", List.of("--port", "0"));
      start("learner", "learn", SLOW);
      start("producer 1", "produce", List.of("--name", "left"));
      start("producer 2", "produce", List.of("--name", "right"));
      start("evaluator", "evaluate", List.of());
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
      while (System.nanoTime() < end) {
        TimeUnit.SECONDS.sleep(every);
        sampleAll();
      }
    } finally {
      stopAll();
    }
    return report();
  }

  private void checkTimes() {
    if (minutes < 1 || every < 1 || every > LONGEST) {
      throw new ParameterException(
          spec.commandLine(),
          "--minutes is %d and --every %d; allowed are 1 or more, and 1 to %d seconds."
              .formatted(minutes, every, LONGEST));
    }
  }

  private void start(String name, String command, List<String> options) throws IOException {
    List<String> words = new ArrayList<>(List.of(relive.toString(), command, "--quiet"));
    words.addAll(List.of("--data-directory", directory.resolve("data").toString()));
    if (!command.equals("broker")) {
      words.addAll(List.of("--http-port", "0"));
    }
    words.addAll(options);
    Path output = directory.resolve(name.replace(' ', '-') + ".log");
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    builder.environment().put("RELIVE_JAVA_OPTIONS", javaOptions);
    all.add(new Sampled(name, builder.start(), output, new ArrayList<>()));
  }

  private void sampleAll() throws IOException, InterruptedException {
    for (Sampled each : all) {
      if (!each.process().isAlive()) {
        throw new IOException(
            "The %s ended with exit code %d; what it said is in %s."
                .formatted(each.name(), each.process().exitValue(), each.output()));
      }
      each.samples().add(MemorySample.of(each.process().pid()));
    }
  }

  /** The broker goes last, as it came first. */
  private void stopAll() throws InterruptedException {
    for (int i = all.size() - 1; i >= 0; i--) {
      Process process = all.get(i).process();
      process.destroy();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private int report() {
    List<MemoryTrend> trends =
        all.stream().map(each -> new MemoryTrend(each.name(), each.samples())).toList();
    PrintWriter out = spec.commandLine().getOut();
    out.print(MemoryTrend.table(trends));
    out.flush();
    return trends.stream().allMatch(MemoryTrend::isFlat)
        ? CommandLine.ExitCode.OK
        : CommandLine.ExitCode.SOFTWARE;
  }
}
