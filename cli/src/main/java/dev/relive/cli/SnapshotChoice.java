package dev.relive.cli;

import dev.relive.service.UserException;
import java.util.List;
import java.util.Optional;

/**
 * Which snapshots of a run are meant.
 *
 * @param words a version's number, or one of the words below
 */
record SnapshotChoice(String words) {

  /** The one that solved the run, else the best. */
  static final String BEST = "best";

  /** The newest. */
  static final String LAST = "last";

  /** The one with which the run ended. */
  static final String FINAL = "final";

  /** Every one. */
  static final String ALL = "all";

  /**
   * Checks the words.
   *
   * @throws InvalidOption if they mean nothing
   */
  SnapshotChoice {
    if (!words.matches("best|last|final|all|[1-9][0-9]{0,17}")) {
      throw new InvalidOption("--snapshot", words, "a version, best, last, final or all");
    }
  }

  boolean isAll() {
    return words.equals(ALL);
  }

  /**
   * Those meant.
   *
   * @param run the run's id
   * @param all of the run, in the order of their versions
   * @throws UserException if there are none
   */
  List<SnapshotSummary> among(String run, List<SnapshotSummary> all) {
    if (all.isEmpty()) {
      throw new UserException("The log keeps no snapshots of run %s.".formatted(run));
    }
    List<SnapshotSummary> meant = isAll() ? all : one(all).map(List::of).orElse(List.of());
    if (meant.isEmpty()) {
      throw new UserException(
          "Run %s has no %s; `relive snapshots ls --run %s` lists what it has."
              .formatted(run, described(), run));
    }
    return meant;
  }

  private Optional<SnapshotSummary> one(List<SnapshotSummary> all) {
    return switch (words) {
      case BEST -> all.stream().filter(SnapshotSummary::best).findFirst();
      case LAST -> Optional.of(all.get(all.size() - 1));
      // One that was resumed and ended again has several.
      case FINAL -> all.stream().filter(SnapshotSummary::isFinal).reduce((earlier, later) -> later);
      default -> {
        long version = Long.parseLong(words);
        yield all.stream().filter(each -> each.version() == version).findFirst();
      }
    };
  }

  private String described() {
    return switch (words) {
      case BEST -> "best snapshot, since none was evaluated";
      case FINAL -> "final snapshot, since it has not ended";
      default -> "snapshot of version " + words;
    };
  }
}
