package dev.relive.evaluator;

import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.RunVerdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found of a snapshot, to be written as a whole.
 *
 * @param evaluations the evaluation and, where the threshold was reached, its confirmation; none of
 *     a snapshot that cannot be used
 * @param verdict that the run is solved; null where that does not follow
 */
record Judgement(List<Evaluation> evaluations, @Nullable RunVerdict verdict) {
  /** Of a snapshot that cannot be used. */
  static final Judgement REFUSED = new Judgement(List.of(), null);

  Judgement {
    evaluations = List.copyOf(evaluations);
  }
}
