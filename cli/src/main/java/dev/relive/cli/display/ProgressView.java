package dev.relive.cli.display;

import static java.util.Comparator.comparingDouble;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is shown about a run at one moment.
 *
 * @param activity what goes on, such as "learning"
 * @param elapsed since the command began
 * @param evaluations in the order in which they were made, confirmations left out
 * @param endpoint where metrics are, once they are
 */
public record ProgressView(
    Task task,
    String activity,
    Duration elapsed,
    Work work,
    Training training,
    List<Evaluated> evaluations,
    Flow flow,
    Losses losses,
    String log,
    @Nullable String endpoint) {

  public ProgressView {
    evaluations = List.copyOf(evaluations);
  }

  /**
   * What is learned.
   *
   * @param run the run's id, empty until it has one
   * @param threshold the mean return that solves the environment; NaN where it states none
   */
  public record Task(
      String environment, String algorithm, long seed, String run, double threshold) {}

  /** How much was done, and how fast over the last seconds. */
  public record Work(
      long steps, long stepLimit, double stepsPerSecond, long updates, double updatesPerSecond) {}

  /**
   * How the policy does while it explores.
   *
   * @param meanReturn of the last {@code window} episodes; NaN before the first
   * @param loss of the last updates; NaN before the first
   */
  public record Training(
      long episodes, int window, double meanReturn, double epsilon, double loss) {}

  /** How a snapshot does without exploring. */
  public record Evaluated(long version, long steps, double mean, double deviation) {}

  /** How far the producer is ahead of the learner, and what the learner holds. */
  public record Flow(long lead, long maxLead, long replaySize, long replayCapacity) {}

  /** What the log's readers found missing, twice, or unreadable. */
  public record Losses(long gaps, long duplicates, long rejected) {

    boolean any() {
      return gaps + duplicates + rejected > 0;
    }
  }

  Optional<Evaluated> last() {
    return evaluations.isEmpty()
        ? Optional.empty()
        : Optional.of(evaluations.get(evaluations.size() - 1));
  }

  Optional<Evaluated> best() {
    return evaluations.stream().max(comparingDouble(Evaluated::mean));
  }

  boolean isSolved(Evaluated evaluated) {
    return evaluated.mean() >= task.threshold;
  }
}
