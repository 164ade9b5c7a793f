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
