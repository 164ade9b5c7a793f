package dev.relive.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of the learning table.
 *
 * @param name its heading
 * @param decimals shown
 * @param largerIsBetter decides what a run without a value counts as: the worst there is
 * @param value of a run; null where it has none
 */
record LearningMeasure(
    String name,
    int decimals,
    boolean largerIsBetter,
    Function<LearningResult, @Nullable Number> value) {

  static final List<LearningMeasure> ALL =
      List.of(
          new LearningMeasure("solved at steps", 0, false, LearningResult::solvedAtSteps),
          new LearningMeasure("solved after s", 1, false, LearningResult::solvedAtSeconds),
          new LearningMeasure(
              "first transition s", 2, false, LearningResult::firstTransitionSeconds),
          new LearningMeasure("evaluation", 1, true, LearningResult::evaluationMean),
          new LearningMeasure("confirmation", 1, true, LearningResult::confirmationMean),
          new LearningMeasure("final snapshot", 1, true, LearningResult::finalMean),
          new LearningMeasure("updates", 0, false, LearningResult::updates),
          new LearningMeasure("total s", 1, false, LearningResult::totalSeconds));

  /** The value that a run counts with. */
  double counted(LearningResult result) {
    Number number = value.apply(result);
    if (number != null) {
      return number.doubleValue();
    }
    return largerIsBetter ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  /** A number of this column as it is shown: an infinite one is no value. */
  String format(double number) {
    return Double.isFinite(number)
        ? String.format(Locale.ROOT, "%,." + decimals + "f", number)
        : "–";
  }
}
