package dev.relive.cli;

import dev.relive.learner.IfRunning;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a learner goes on with a run that is in the log. */
final class ResumeOptions {

  @Option(
      names = "--run",
      paramLabel = "ID|LABEL",
      description = "Go on with this run, from its newest checkpoint, instead of a new one.")
  @UsualValue("a new run")
  @Nullable String run;

  @Option(
      names = "--if-running",
      paramLabel = "WHAT",
      description =
          "When another learner is at that run: ${COMPLETION-CANDIDATES}, which ends the other.")
  Choice ifRunning = Choice.REFUSE;

  @Option(
      names = "--if-missing",
      paramLabel = "WHAT",
      description =
          "When there is no such run: ${COMPLETION-CANDIDATES}, which begins one with that label.")
  Missing ifMissing = Missing.REFUSE;

  /** What to do where there is no such run, as it is written on the command line. */
  enum Missing {
    REFUSE,
    BEGIN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Refuses what says nothing. */
  void check() {
    if (run == null && ifMissing == Missing.BEGIN) {
      throw new InvalidOption(
          "--if-missing", ifMissing, "left out without --run, which names what may be missing");
    }
  }

  /** Whether the options may be those of a new run. */
  boolean mayBegin() {
    return run == null || ifMissing == Missing.BEGIN;
  }

  /** What to do with a run that is being learned, as it is written on the command line. */
  enum Choice {
    REFUSE(IfRunning.REFUSE),
    TAKE_OVER(IfRunning.TAKE_OVER);

    private final IfRunning meaning;

    Choice(IfRunning meaning) {
      this.meaning = meaning;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  IfRunning ifRunning() {
    return ifRunning.meaning;
  }
}
