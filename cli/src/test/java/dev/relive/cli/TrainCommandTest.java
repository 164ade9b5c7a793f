package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.log.ExperienceReader;
import dev.relive.log.LogConnection;
import dev.relive.log.LoggedSegment;
import dev.relive.log.ReadRequest;
import dev.relive.log.RejectedRecords;
import dev.relive.log.Run;
import dev.relive.log.RunRegistry;
import dev.relive.log.SegmentEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole of it, in processes of their own. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class TrainCommandTest {

  private static final String RUN = "run (\\S+), ";

  private final String directory;

  TrainCommandTest(@TempDir Path directory) {
    this.directory = directory.resolve("data").toString();
  }

  @Test
  void learnsUntilItsStepsAreSpentAndKeepsEveryRun() throws Exception {
    String first = train(3_000);
    String second = train(1_500);

    assertNotEquals(first, second);
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(Path.of(directory)))) {
      LogConnection log = LogConnection.to(broker.bootstrapServers());
      List<Run> runs = runs(log);
      assertEquals(List.of(first, second), runs.stream().map(Run::id).toList());
      assertEquals(List.of(7L, 7L), runs.stream().map(run -> run.spec().getSeed()).toList());
      assertTrue(runs.stream().allMatch(run -> run.phase() == Run.Phase.STOPPED));
      assertStepsAreLogged(log, runs.get(0), 3_000);
      assertStepsAreLogged(log, runs.get(1), 1_500);
      CommandRun verified =
          CommandRun.of(
              "log", "verify", "--quiet", "--bootstrap-servers=" + broker.bootstrapServers());
      assertEquals(ExitCode.SUCCESS, verified.exitCode(), verified::out);
      assertFalse(verified.out().contains("note"), verified::out);
    }
  }

  @Test
  void endsInGoodOrderOnCtrlC() throws Exception {
    try (ChildProcess training = start(1_000_000)) {
      training.awaitLine(line -> stepsIn(line) > 0);
      try (ChildProcess second = start(1_000)) {
        assertEquals(ExitCode.FAILURE, second.awaitEnd());
        String sentence =
            "The data directory %s is in use by process %d, whose broker listens on \\S+\n"
                .formatted(directory, training.id());
        assertTrue(second.errors().matches(sentence), second::text);
      }
      training.interrupt();

      assertEquals(ExitCode.INTERRUPTED, training.awaitEnd());
      assertEquals("", training.errors());
      assertTrue(training.text().contains("; the log is whole.\n"), training::text);

      try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(Path.of(directory)))) {
        LogConnection log = LogConnection.to(broker.bootstrapServers());
        Run run = runs(log).get(0);
        assertEquals(training.find(RUN), run.id());
        assertEquals(Run.Phase.STOPPED, run.phase());
        List<LoggedSegment> segments = assertStepsAreLogged(log, run, 1);
        assertEquals(SegmentEnd.ABANDONED, segments.get(segments.size() - 1).segment().end());
      }
    }
  }

  private String train(int steps) throws IOException, InterruptedException {
    try (ChildProcess training = start(steps)) {
      int exitCode = training.awaitEnd();

      assertEquals("", training.errors(), training::text);
      assertEquals(ExitCode.UNSOLVED, exitCode, training::text);
      String summary =
          """
          CartPole-v1 is not solved: %,d steps and \\S+ updates in \\S+ s, and no more are allowed.

            best    version \\S+ of step \\S+: mean return \\S+ ± \\S+
          (?s:.*)  log     %s: run \\S+, \\S+ segments, \\S+ kB
            seed    7
          """
              .formatted(steps, directory);
      assertTrue(Pattern.compile(summary).matcher(training.text()).find(), training::text);
      return training.find(RUN);
    }
  }

  /** Learns so slowly that no weights solve anything by luck. */
  private ChildProcess start(int steps) throws IOException {
    return ChildProcess.start(
        "train",
        "--data-directory=" + directory,
        "--http-port=0",
        "--seed=7",
        "--set=double-dqn.learning-rate=1e-9",
        "--steps=" + steps);
  }

  private static long stepsIn(String line) {
    var matcher = Pattern.compile(" steps ([\\d,]+) ").matcher(line);
    return matcher.find() ? Long.parseLong(matcher.group(1).replace(",", "")) : 0;
  }

  private static List<Run> runs(LogConnection log) {
    try (RunRegistry registry = new RunRegistry(log)) {
      return registry.runs();
    }
  }

  private static List<LoggedSegment> assertStepsAreLogged(LogConnection log, Run run, long least) {
    ExperienceReader reader = new ExperienceReader(log, RejectedRecords.LEFT);
    List<LoggedSegment> segments =
        reader
            .read(ReadRequest.of(log.topics(), run.spec()).untilNow())
            .collectList()
            .blockOptional()
            .orElseThrow();
    assertTrue(reader.counters().steps() >= least, "steps: " + reader.counters().steps());
    assertEquals(0, reader.counters().gaps());
    assertEquals(0, reader.counters().rejected().total());
    return segments;
  }
}
