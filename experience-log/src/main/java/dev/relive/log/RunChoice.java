package dev.relive.log;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which of the runs is meant: the one with an id or a label, or the only active one. */
final class RunChoice {
  private static final int MOST_LISTED = 10;

  private final @Nullable String idOrLabel;

  /** Which runs may be meant where none is named. */
  private final Predicate<Run> candidates;

  private RunChoice(@Nullable String idOrLabel, Predicate<Run> candidates) {
    this.idOrLabel = idOrLabel;
    this.candidates = candidates;
  }

  static RunChoice of(String idOrLabel) {
    return new RunChoice(idOrLabel, Run::isActive);
  }

  static RunChoice onlyActive() {
    return new RunChoice(null, Run::isActive);
  }

  /** The only active run that producers can step for, unless one is named. */
  static RunChoice forProducers(@Nullable String idOrLabel) {
    return new RunChoice(idOrLabel, run -> run.isActive() && !Run.learnsFromAnother(run.spec()));
  }

  /**
   * The run meant; empty where there is none yet.
   *
   * @throws LogException if several are meant
   */
  Optional<Run> among(List<Run> runs) {
    List<Run> meant =
        idOrLabel == null
            ? runs.stream().filter(candidates).toList()
            : runs.stream().filter(run -> run.id().equals(idOrLabel)).toList();
    if (idOrLabel != null && meant.isEmpty()) {
      meant = runs.stream().filter(run -> run.label().equals(idOrLabel)).toList();
    }
    if (meant.size() > 1) {
      throw new LogException(
          idOrLabel == null
              ? "%d runs are active, so choose one: %s.".formatted(meant.size(), list(meant))
              : "%d runs have the label '%s', so choose one by its id: %s."
                  .formatted(meant.size(), idOrLabel, list(meant)));
    }
    return meant.stream().findFirst();
  }

  /** Why there is none, as a sentence. */
  LogException none(List<Run> runs) {
    String wanted =
        idOrLabel == null ? "No run is active" : "There is no run '%s'".formatted(idOrLabel);
    return new LogException(
        runs.isEmpty()
            ? wanted + ", and the log holds no runs at all."
            : wanted + ": the log holds " + list(runs) + ".");
  }

  private static String list(List<Run> runs) {
    // The newest are the ones most likely meant.
    List<Run> newest = runs.subList(Math.max(0, runs.size() - MOST_LISTED), runs.size());
    String listed = newest.stream().map(run -> run + " " + run.phase()).collect(joining(", "));
    int more = runs.size() - newest.size();
    return more == 0 ? listed : listed + " and " + more + " older";
  }
}
