package dev.relive.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.cli.Main;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A learner whose replay is large goes on with it after a kill: it reads it back from the log. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "Signals, and memory by /proc.")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
@ExtendWith(FaultTable.OfBuild.class)
final class LargeReplayTest {
  private static final Duration FILLING = Duration.ofMinutes(10);

  private final FaultTable table;
  private final Moments moments = Moments.of("LargeReplayTest");

  LargeReplayTest(FaultTable table) {
    this.table = table;
  }

  @Test
  void aReplayIsReadBackFromTheLog(@TempDir Path directory) throws Exception {
    restartWith(directory, Extent.of(30_000, 100_000));
    if (Extent.ASKED == Extent.LONG) {
      restartWith(directory.resolve("large"), 1_000_000);
    }
  }

  private void restartWith(Path directory, int transitions) throws Exception {
    int port = Deployment.freePort();
    try (Deployment run = new Deployment(directory, "127.0.0.1:" + port)) {
      run.work(
          JavaProcess.start(
              "broker",
              Memory.BROKER,
              directory.resolve("broker.out"),
              Main.class,
              List.of(
                  "broker",
                  "--port",
                  Integer.toString(port),
                  "--data-directory",
                  directory.resolve("log").toString())));
      run.beginRun(options(transitions));
      run.startProducer("left");
      run.startProducer("right");
      run.await("a full replay", FILLING, () -> run.progress().getRunSteps() > 1.2 * transitions);
      Audit before = Audit.of(run);
      long held = run.learnerMetrics().value("relive_learner_replay_transitions");
      Recoveries recoveries = new Recoveries();
      for (int time = 0; time < Extent.of(1, 5); time++) {
        moments.pass(300, 2_000);
        long generation = run.progress().getGeneration();
        run.kill(run.learner());
        JavaProcess next = run.takeOver();
        run.awaitUpdateAfter(generation);
        recoveries.add(next.startedNanos(), System.nanoTime());
      }
      Audit found = Audit.of(run).since(before);
      table.add("kill -9, replay of %,d".formatted(transitions), recoveries, found);
      long heldAgain = run.learnerMetrics().value("relive_learner_replay_transitions");
      assertTrue(heldAgain > 0.95 * held, () -> heldAgain + " transitions instead of " + held);
      run.requireNothingBroken();
    }
  }

  /** Few updates, so that the replay fills fast. */
  private static List<String> options(int transitions) {
    return List.of(
        "--lanes",
        "64",
        "--max-lead",
        "8192",
        "--set",
        "replay.capacity=" + transitions,
        "--set",
        "schedule.train-every=512",
        "--set",
        "schedule.updates=1",
        "--set",
        "schedule.snapshot-every=1000000000",
        "--set",
        "schedule.checkpoint-every=" + transitions / 20);
  }
}
