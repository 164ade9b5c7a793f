package dev.relive.cli.display;

import dev.relive.cli.display.ProgressView.Evaluated;
import dev.relive.cli.display.ProgressView.Flow;
import dev.relive.cli.display.ProgressView.Losses;
import dev.relive.cli.display.ProgressView.Task;
import dev.relive.cli.display.ProgressView.Training;
import dev.relive.cli.display.ProgressView.Work;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Moments of a run to show. */
final class ProgressViews {

  private static final double[] MEANS = {9.4, 41.2, 180.5, 302.9, 476.3, 421.0};

  private ProgressViews() {}

  static ProgressView starting() {
    return new ProgressView(
        new Task("CartPole-v1", "double-dqn", 7, "", 475),
        "starting Kafka and PyTorch",
        Duration.ofMillis(250),
        new Work(0, 200_000, 0, 0, 0),
        new Training(0, 100, Double.NaN, 1, Double.NaN),
        List.of(),
        new Flow(0, 1_024, 0, 50_000),
        new Losses(0, 0, 0),
        ".relive",
        null);
  }

  static ProgressView learning() {
    return learning(Duration.ofMillis(12_345), MEANS.length, new Losses(0, 0, 0));
  }

  static ProgressView learning(Duration elapsed, int evaluations, Losses losses) {
    List<Evaluated> made =
        IntStream.range(0, evaluations)
            .mapToObj(i -> new Evaluated(i + 1, 1_000L * (i + 1), MEANS[i], 12.34 * (i + 1)))
            .toList();
    return new ProgressView(
        new Task("CartPole-v1", "double-dqn", 7, "k3v9", 475),
        "learning",
        elapsed,
        new Work(51_234, 200_000, 3_512.4, 12_808, 7.25),
        new Training(412, 100, 187.31, 0.05, 0.012345),
        made,
        new Flow(312, 1_024, 50_000, 50_000),
        losses,
        ".relive",
        "http://127.0.0.1:9464/metrics");
  }
}
