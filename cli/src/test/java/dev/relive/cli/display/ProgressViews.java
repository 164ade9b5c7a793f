package dev.relive.cli.display;

import dev.relive.cli.display.Evaluations.Evaluated;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Moments of a run to show. */
final class ProgressViews {

  private static final double[] MEANS = {9.4, 41.2, 180.5, 302.9, 476.3, 421.0};
  private static final String PAGE = "http://127.0.0.1:9464/";
  private static final Measurement EPSILON = new Measurement(Measurement.EPSILON, 0.05, "0.05");

  private ProgressViews() {}

  static ProgressView starting() {
    return new ProgressView(
        List.of("CartPole-v1", "double-dqn", "seed 7"),
        "starting Kafka and PyTorch",
        Duration.ofMillis(250),
        List.of(),
        ".relive",
        null);
  }

  static ProgressView learning() {
    return learning(Duration.ofMillis(12_345), MEANS.length, new Losses(0, 0, 0));
  }

  static ProgressView learning(Duration elapsed, int evaluations, Losses losses) {
    return new ProgressView(
        List.of("CartPole-v1", "double-dqn", "seed 7", "run k3v9"),
        "learning",
        elapsed,
        List.of(
            new Work(51_234, 200_000, 3_512.4, 12_808, 7.25),
            new Training(
                412,
                100,
                187.31,
                List.of(EPSILON, new Measurement(Measurement.LOSS, 0.01235, "0.01235"))),
            evaluations(evaluations),
            new Learner("replay", 50_000, 50_000, 0, 1, 3_202, 3_125, 50_000),
            new Producer(312, 1_024, waits(0.001, 0.124)),
            losses),
        ".relive",
        PAGE);
  }

  /** Actor-critic in its second generation. */
  static ProgressView learningOnPolicy() {
    return new ProgressView(
        List.of("CartPole-v1", "actor-critic", "seed 7", "run k3v9"),
        "learning",
        Duration.ofSeconds(75),
        List.of(
            new Work(12_800, 100_000, 900, 50, 3.5),
            new Training(
                80,
                100,
                30.5,
                List.of(
                    new Measurement(Measurement.ENTROPY, 0.6421, "0.6421"),
                    new Measurement(Measurement.LOSS, 1.25, "1.250"))),
            new Evaluations(List.of(), Double.NaN),
            new Learner("batch", 128, 256, 1_300, 2, 51, 0, 0)),
        ".relive",
        PAGE);
  }

  static ProgressView producing() {
    return new ProgressView(
        List.of("producer-left", "run k3v9"),
        "stepping",
        Duration.ofSeconds(62),
        List.of(
            new Stepping(51_234, 3_512.4, 8, 3_202, 612, 3, 1_234_567),
            new Training(57, 100, 87.31, List.of(EPSILON)),
            new Producer(312, 1_024, waits(0.25, 0.5))),
        "kafka:9092",
        null);
  }

  static ProgressView evaluating() {
    return new ProgressView(
        List.of("evaluator-one", "run k3v9"),
        "evaluating",
        Duration.ofSeconds(62),
        List.of(evaluations(6), new Evaluator(7, 2, 0)),
        ".relive",
        PAGE);
  }

  private static Evaluations evaluations(int count) {
    List<Evaluated> made =
        IntStream.range(0, count)
            .mapToObj(i -> new Evaluated(i + 1, 1_000L * (i + 1), MEANS[i], 12.34 * (i + 1)))
            .toList();
    return new Evaluations(made, 475);
  }

  private static Map<String, Double> waits(double weights, double learner) {
    Map<String, Double> waits = new LinkedHashMap<>();
    waits.put("newer weights", weights);
    waits.put("the learner to catch up", learner);
    return waits;
  }
}
