package dev.relive.cli;

import dev.relive.cli.TrainSummary.Outcome;
import dev.relive.cli.TrainSummary.Policy;
import dev.relive.cli.display.Numbers;
import dev.relive.learner.LearnerStatus;
import dev.relive.log.wire.RunSpec;
import java.util.List;

/**
 * What there is to say when a replay has ended.
 *
 * @param summary what there is to say of every training
 * @param spec the run that the replay was
 */
record ReplaySummary(TrainSummary summary, RunSpec spec, LearnerStatus status) {

  /** The whole text, ending with a line feed. */
  String text() {
    StringBuilder text = new StringBuilder(headline()).append("\n\n");
    Policy best = summary.policy();
    Policy last = summary.last();
    if (best != null) {
      row(
          text,
          summary.outcome() == Outcome.SOLVED ? "policy" : "best",
          TrainSummary.describe(best));
    }
    if (last != null && (best == null || last.version() != best.version())) {
      row(text, "final", TrainSummary.describe(last));
    }
    row(text, "source", source());
    List<String> dropped = DroppedWords.of(status);
    if (!dropped.isEmpty()) {
      row(text, "dropped", String.join(", ", dropped));
    }
    row(text, "log", summary.log().place() + ": run " + summary.log().run());
    row(text, "seed", Long.toString(summary.task().seed()));
    return text.append("\nNext\n").append(next()).toString();
  }

  private String headline() {
    String work =
        "%s steps and %s updates in %s"
            .formatted(
                Numbers.count(summary.steps()),
                Numbers.count(summary.updates()),
                Numbers.seconds(summary.elapsed()));
    String environment = summary.task().environment();
    return switch (summary.outcome()) {
      case SOLVED -> "Solved %s from history: %s.".formatted(environment, work);
      case UNSOLVED ->
          "All of the range is learned, and %s is not solved: %s.".formatted(environment, work);
      case STOPPED -> "Stopped after %s; the log is whole.".formatted(work);
    };
  }

  private String source() {
    return "run %s, offset %s to %s of partition %d"
        .formatted(
            spec.getSourceRun(),
            Numbers.count(spec.getPartitions(0).getFirstOffset()),
            Numbers.count(spec.getPartitions(0).getEndOffset()),
            spec.getPartitions(0).getPartition());
  }

  private static void row(StringBuilder text, String label, String content) {
    text.append("  ").append(label).append(" ".repeat(8 - label.length())).append(content);
    text.append('\n');
  }

  private String next() {
    String run = summary.log().run();
    return summary.outcome() == Outcome.STOPPED
        ? "  relive replay --run %s   goes on with it\n".formatted(run)
        : "  relive runs show %s   its range, settings and evaluations\n".formatted(run);
  }
}
