package dev.relive.cli;

import dev.relive.cli.display.Numbers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say when training has ended.
 *
 * @param elapsed from the start of the command to the end of learning
 * @param firstTransition from the start of the command to the first transition in the log
 * @param staleSteps transitions that were too old to learn from
 * @param policy the version to use: the one that solved it, else the best; null before the first
 *     evaluation
 * @param last the run's final snapshot; null where it was not evaluated
 */
record TrainSummary(
    Outcome outcome,
    Task task,
    Duration elapsed,
    @Nullable Duration firstTransition,
    long steps,
    long updates,
    long staleSteps,
    @Nullable Policy policy,
    @Nullable Policy last,
    Log log) {

  /** How training ended. */
  enum Outcome {
    SOLVED,
    UNSOLVED,
    STOPPED
  }

  /**
   * A snapshot and what it reached without exploring.
   *
   * @param confirmed its mean return on fresh seeds; NaN where it was not confirmed
   */
  record Policy(long version, long step, double mean, double deviation, double confirmed) {}

  /**
   * What the run left in the log.
   *
   * @param place a directory, or the address of a Kafka
   * @param bytes before compression
   */
  record Log(String place, boolean embedded, String run, long segments, long bytes) {}

  /** The whole text, ending with a line feed. */
  String text() {
    StringBuilder text = new StringBuilder(headline()).append("\n\n");
    if (policy != null) {
      row(text, outcome == Outcome.SOLVED ? "policy" : "best", describe(policy));
    }
    if (last != null && (policy == null || last.version() != policy.version())) {
      row(text, "final", describe(last));
    }
    row(text, "speed", speed());
    if (staleSteps > 0) {
      row(text, "stale", Numbers.count(staleSteps) + " steps, too old to learn from");
    }
    row(text, "log", describe(log));
    row(text, "seed", Long.toString(task.seed()));
    return text.append("\nNext\n").append(next()).toString();
  }

  private String headline() {
    String work =
        "%s steps and %s updates in %s"
            .formatted(Numbers.count(steps), Numbers.count(updates), Numbers.seconds(elapsed));
    return switch (outcome) {
      case SOLVED -> "Solved %s: %s.".formatted(task.environment(), work);
      case UNSOLVED ->
          "%s is not solved: %s, and no more are allowed.".formatted(task.environment(), work);
      case STOPPED -> "Stopped after %s; the log is whole.".formatted(work);
    };
  }

  private static void row(StringBuilder text, String label, String content) {
    text.append("  ").append(label).append(" ".repeat(8 - label.length())).append(content);
    text.append('\n');
  }

  static String describe(Policy policy) {
    String confirmed =
        Double.isNaN(policy.confirmed())
            ? ""
            : ", and %s on fresh seeds".formatted(Numbers.mean(policy.confirmed()));
    return "version %d of step %s: mean return %s ± %s%s"
        .formatted(
            policy.version(),
            Numbers.count(policy.step()),
            Numbers.mean(policy.mean()),
            Numbers.mean(policy.deviation()),
            confirmed);
  }

  private String speed() {
    if (firstTransition == null) {
      return "no transition was logged";
    }
    double seconds = Math.max(1e-3, elapsed.minus(firstTransition).toNanos() / 1e9);
    return "%s steps/s and %s updates/s, from the first transition in the log after %s on"
        .formatted(
            Numbers.rate(steps / seconds),
            Numbers.rate(updates / seconds),
            Numbers.seconds(firstTransition));
  }

  private static String describe(Log log) {
    return "%s: run %s, %s segments, %s"
        .formatted(
            log.place(), log.run(), Numbers.count(log.segments()), Numbers.bytes(log.bytes()));
  }

  private String next() {
    StringBuilder next = new StringBuilder();
    switch (outcome) {
      case SOLVED -> {
        command(next, "relive play --run " + log.run(), "shows what it has learned");
        command(next, "relive train", "a new run beside this one, with another seed");
      }
      case UNSOLVED -> command(next, "relive train --steps " + 2 * steps, "a longer run");
      case STOPPED -> command(next, "relive train --run " + log.run(), "goes on with it");
    }
    command(next, "relive runs ls", "all runs of this log, and how they went");
    if (log.embedded()) {
      command(next, "relive broker", "opens the log for other commands and Kafka's own tools");
    }
    return next.toString();
  }

  private static void command(StringBuilder text, String command, String meaning) {
    text.append("  ").append(command).append(" ".repeat(Math.max(2, 30 - command.length())));
    text.append(meaning).append('\n');
  }
}
