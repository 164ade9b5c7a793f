package dev.relive.benchmarks;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints what {@link ScaleModel} says of 1, 4, 16, … producers. */
@Command(
    name = "scale",
    sortOptions = false,
    description =
        "Simulates a run with ever more producers, from rates that were measured, and says what"
            + " holds each.")
public final class ScaleReport implements Callable<Integer> {
  private static final int GROWTH = 4;

  @Option(
      names = "--most-producers",
      paramLabel = "N",
      description = "The largest run (default: ${DEFAULT-VALUE}).")
  private int mostProducers = 4_096;

  @Option(
      names = "--producer-steps",
      paramLabel = "N",
      description = "Steps a second of a producer alone (default: ${DEFAULT-VALUE}).")
  private double producerSteps = 1_000;

  @Option(
      names = "--learner-steps",
      paramLabel = "N",
      description = "Steps a second that the learner takes at most (default: ${DEFAULT-VALUE}).")
  private double learnerSteps = 420_000;

  @Option(
      names = "--max-lead",
      paramLabel = "N",
      description = "Steps that a producer may be ahead (default: ${DEFAULT-VALUE}).")
  private int maxLead = 512;

  @Option(
      names = "--step-bytes",
      paramLabel = "N",
      description = "Bytes of a step in the log (default: ${DEFAULT-VALUE}).")
  private double stepBytes = 48;

  @Option(
      names = "--policy-bytes",
      paramLabel = "N",
      description = "Bytes of a policy (default: ${DEFAULT-VALUE}).")
  private double policyBytes = 70_000;

  @Option(
      names = "--policies",
      paramLabel = "N",
      description = "Policies published a second (default: ${DEFAULT-VALUE}).")
  private double policies = 20;

  @Option(
      names = "--network",
      paramLabel = "GBIT",
      description = "What the brokers together send, Gbit/s (default: ${DEFAULT-VALUE}).")
  private double network = 30;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Simulated time (default: ${DEFAULT-VALUE}).")
  private int seconds = 10;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  @SuppressWarnings("UnusedVariable") // picocli looks at it
  private boolean help;

  @Spec private CommandSpec spec = CommandSpec.create();

  ScaleReport() {}

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new ScaleReport())
            .setExecutionExceptionHandler(OneSentence::handle)
            .execute(arguments));
  }

  @Override
  public Integer call() {
    requireAtLeast(1, "--most-producers", mostProducers);
    requireAtLeast(1, "--producer-steps", producerSteps);
    requireAtLeast(1, "--learner-steps", learnerSteps);
    requireAtLeast(1, "--max-lead", maxLead);
    requireAtLeast(1, "--step-bytes", stepBytes);
    requireAtLeast(0, "--policy-bytes", policyBytes);
    requireAtLeast(0, "--policies", policies);
    requireAtLeast(1, "--network", network);
    requireAtLeast(1, "--seconds", seconds);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "producers      steps/s  producers wait  learner waits  network  most ahead  held by");
    for (int producers = 1; producers <= mostProducers; producers *= GROWTH) {
      ScaleModel.Outcome outcome = ScaleModel.run(setting(producers), seconds);
      out.printf(
          Locale.ROOT,
          "%,9d  %,11.0f  %13.0f%%  %12.0f%%  %6.0f%%  %,10d  %s%n",
          producers,
          outcome.stepsPerSecond(),
          100 * outcome.producersWait(),
          100 * outcome.learnerWaits(),
          100 * outcome.network(),
          outcome.mostAhead(),
          outcome.bottleneck());
    }
    out.flush();
    return 0;
  }

  private ScaleModel.Setting setting(int producers) {
    return new ScaleModel.Setting(
        producers,
        producerSteps,
        maxLead,
        128,
        learnerSteps,
        stepBytes,
        policyBytes,
        policies,
        network * 1e9 / 8,
        3);
  }

  private void requireAtLeast(int least, String option, double value) {
    if (!(value >= least)) {
      throw new ParameterException(
          spec.commandLine(), "%s is %s; it must be at least %d.".formatted(option, value, least));
    }
  }
}
