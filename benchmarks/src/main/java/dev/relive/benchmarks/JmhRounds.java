package dev.relive.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * JMH benchmarks in turns, for small operations: {@link RoundRobin}'s idea, with a Java process for
 * each turn, so that neither side's compiled code depends on the other's.
 */
final class JmhRounds {
  private static final int ROUNDS = 3;

  private JmhRounds() {}

  /**
   * Operations a second of each benchmark method of a class.
   *
   * @param methods names of the methods, all of one state class
   */
  static List<Series> measure(Effort effort, Class<?> benchmarks, List<String> methods)
      throws RunnerException {
    List<List<Double>> speeds = new ArrayList<>();
    methods.forEach(method -> speeds.add(new ArrayList<>()));
    for (int round = 0; round < Math.min(effort.rounds(), ROUNDS); round++) {
      for (int i = 0; i < methods.size(); i++) {
        speeds.get(i).addAll(iterations(effort, benchmarks.getName() + "." + methods.get(i)));
      }
    }
    return speeds.stream().map(Series::new).toList();
  }

  private static List<Double> iterations(Effort effort, String benchmark) throws RunnerException {
    TimeValue iteration = TimeValue.milliseconds(effort.iteration().toMillis());
    OptionsBuilder options = new OptionsBuilder();
    options
        .include("^\\Q" + benchmark + "\\E$")
        .forks(effort.forked() ? 1 : 0)
        .warmupIterations(2 * effort.iterations())
        .warmupTime(iteration)
        .measurementIterations(effort.iterations())
        .measurementTime(iteration)
        .timeUnit(TimeUnit.SECONDS)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
    RunResult result = new Runner(options.build()).runSingle();
    return result.getBenchmarkResults().stream()
        .flatMap(fork -> fork.getIterationResults().stream())
        .map(iterationResult -> iterationResult.getPrimaryResult().getScore())
        .toList();
  }
}
