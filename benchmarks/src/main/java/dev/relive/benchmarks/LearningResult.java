package dev.relive.benchmarks;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What {@code relive train --result} says of a run. Seconds count from the start of the command;
 * returns are means of 100 greedy episodes.
 *
 * @param solvedAtSteps steps at the snapshot that solved it; null when none did
 * @param solvedAtSeconds null when it was not solved
 * @param firstTransitionSeconds until the first transition was in the log
 * @param steps of the whole run
 * @param version of the snapshot that solved it, or of the last one
 * @param evaluationMean that snapshot's return; null when none was evaluated
 * @param confirmationMean its return on fresh seeds; null when it was not confirmed
 * @param finalMean the last snapshot's return; null when none was evaluated
 */
record LearningResult(
    String run,
    long seed,
    boolean solved,
    @Nullable Long solvedAtSteps,
    @Nullable Double solvedAtSeconds,
    double firstTransitionSeconds,
    double totalSeconds,
    long steps,
    long updates,
    long version,
    @Nullable Double evaluationMean,
    @Nullable Double confirmationMean,
    @Nullable Double finalMean) {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

  /**
   * Reads a result.
   *
   * @throws IOException when the file is missing or not what the command writes
   */
  static LearningResult read(Path file) throws IOException {
    return JSON.readValue(file.toFile(), LearningResult.class);
  }
}
