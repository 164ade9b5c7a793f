package dev.relive.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.relive.cli.TrainSummary.Outcome;
import dev.relive.cli.TrainSummary.Policy;
import dev.relive.service.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A training's end for programs, as {@code --result} writes it: one JSON object. Seconds count from
 * the start of Java; what does not apply is null.
 */
final class TrainResult {
  private static final Gson JSON = new GsonBuilder().serializeNulls().setPrettyPrinting().create();

  private TrainResult() {}

  static String json(TrainSummary summary) {
    boolean solved = summary.outcome() == Outcome.SOLVED;
    Policy policy = summary.policy();
    Policy last = summary.last();
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("run", summary.log().run());
    fields.put("environment", summary.task().environment());
    fields.put("algorithm", summary.task().algorithm());
    fields.put("seed", summary.task().seed());
    fields.put("outcome", summary.outcome().name().toLowerCase(Locale.ROOT));
    fields.put("solved", solved);
    fields.put("solvedAtSteps", solved && policy != null ? policy.step() : null);
    fields.put("solvedAtSeconds", solved ? seconds(summary.elapsed()) : null);
    fields.put("firstTransitionSeconds", seconds(summary.firstTransition()));
    fields.put("totalSeconds", seconds(summary.elapsed()));
    fields.put("steps", summary.steps());
    fields.put("updates", summary.updates());
    fields.put("version", policy == null ? null : policy.version());
    fields.put("evaluationMean", policy == null ? null : number(policy.mean()));
    fields.put("confirmationMean", policy == null ? null : number(policy.confirmed()));
    fields.put("finalMean", last == null ? null : number(last.mean()));
    return JSON.toJson(fields) + "\n";
  }

  /**
   * Writes it.
   *
   * @throws UserException naming the file, if it cannot be written
   */
  static void write(TrainSummary summary, Path file) {
    try {
      Files.writeString(file, json(summary));
    } catch (IOException e) {
      throw new UserException("The result cannot be written to %s.".formatted(file), e);
    }
  }

  private static @Nullable Double seconds(@Nullable Duration duration) {
    return duration == null ? null : duration.toNanos() / 1e9;
  }

  private static @Nullable Double number(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
