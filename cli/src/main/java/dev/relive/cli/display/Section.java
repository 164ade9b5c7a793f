package dev.relive.cli.display;

import java.time.Duration;
import java.util.List;

/** A part of what is shown: lines of a terminal, or words of a plain line. */
public sealed interface Section
    permits Work, Training, Evaluations, Learner, Producer, Stepping, Evaluator, Losses, Source {

  /**
   * The lines of a terminal from top to bottom.
   *
   * @param columns of the terminal
   * @param elapsed since the command began
   */
  List<Row> rows(int columns, Duration elapsed);

  /** The same in a few words, for files and pipes. */
  List<String> words();

  /** Counts what is worth a plain line of its own as soon as it has come about. */
  default int milestones() {
    return 0;
  }
}
