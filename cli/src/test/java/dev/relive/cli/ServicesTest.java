package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.log.LogConnection;
import dev.relive.log.Run;
import dev.relive.log.RunReports;
import dev.relive.log.RunReports.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Learner, producer and evaluator in processes of their own. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
final class ServicesTest {

  private static final Pattern STEPS = Pattern.compile(" steps ([\\d,]+) at ");

  private final Path directory;

  ServicesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @ValueSource(strings = {"learn", "produce", "evaluate"})
  void saysWhatToStartWhereThereIsNoBroker(String command) {
    CommandRun run =
        CommandRun.of(
            command,
            "--quiet",
            "--http-port=0",
            "--broker-timeout=1",
            "--data-directory=" + directory);

    assertEquals(
        new CommandRun(
            ExitCode.FAILURE,
            "",
            "No broker runs on the data directory %s; start one with `relive broker`, or name a Kafka with --bootstrap-servers.\n"
                .formatted(directory)),
        run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"produce", "evaluate"})
  void saysThatNoRunCame(String command) {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory))) {
      CommandRun run =
          CommandRun.of(
              command,
              "--plain",
              "--http-port=0",
              "--run-timeout=1",
              "--data-directory=" + broker.directory());

      assertEquals(ExitCode.FAILURE, run.exitCode());
      assertEquals("No run is active, and the log holds no runs at all.\n", run.err());
      assertTrue(run.out().contains(" · waiting for an active run\n"), run::out);
    }
  }

  @Test
  void startInAnyOrderAndARunIsTakenOverAndGoneOnWith() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory));
        ChildProcess producer = start("produce", "--run=first", "--name=left");
        ChildProcess evaluator = start("evaluate", "--run=first");
        ChildProcess learner = learn("--label=first", "--steps=1000000")) {
      learner.awaitLine(line -> steps(line) > 300);

      try (ChildProcess refused = learn("--run=first")) {
        assertEquals(ExitCode.FAILURE, refused.awaitEnd());
        String sentence =
            "Run \\S+ \\(first\\) is being learned by another learner; --if-running take-over .*\n";
        assertTrue(refused.errors().matches(sentence), refused::text);
      }
      try (ChildProcess other = learn("--run=first", "--seed=8")) {
        assertEquals(ExitCode.FAILURE, other.awaitEnd());
        assertTrue(other.errors().contains(": seed is 7, not 8."), other::text);
      }
      try (ChildProcess second = learn("--run=first", "--if-running=take-over")) {
        second.awaitLine(line -> steps(line) > 1_000);
        assertEquals(ExitCode.FAILURE, learner.awaitEnd());
        String sentence =
            "Another learner has taken over run \\S+, so this one ends without publishing anything"
                + " more\\.\n";
        assertTrue(learner.errors().matches(sentence), learner::text);

        second.interrupt();
        assertEquals(ExitCode.INTERRUPTED, second.awaitEnd());
        assertEquals("", second.errors());
        assertTrue(second.text().contains("  relive learn --run "), second::text);
      }
      assertEquals(ExitCode.SUCCESS, producer.awaitEnd(), producer::text);
      assertEquals(ExitCode.UNSOLVED, evaluator.awaitEnd(), evaluator::text);
      assertEquals("", producer.errors() + evaluator.errors());
      RunReport report = report(broker);
      assertEquals(Run.Phase.STOPPED, report.run().phase());
      assertEquals(2, report.progress().orElseThrow().getGeneration());
    }
  }

  @Test
  void trainGoesOnWithARunThatWasKilled() throws Exception {
    try (ChildProcess killed = train("--label=first", "--steps=3000")) {
      killed.awaitLine(line -> steps(line) > 1_000);
    }
    try (ChildProcess next = train("--run=first")) {
      assertEquals(ExitCode.UNSOLVED, next.awaitEnd(), next::text);
      assertEquals("", next.errors());
      assertTrue(next.text().contains(" is not solved: 3,000 steps and "), next::text);
    }
    try (ChildProcess spent = train("--run=first")) {
      assertEquals(ExitCode.FAILURE, spent.awaitEnd());
      assertTrue(
          spent.errors().endsWith(" has spent its 3000 steps, so there is nothing to resume.\n"),
          spent::text);
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory))) {
      assertEquals(3_000, report(broker).progress().orElseThrow().getRunSteps());
    }
  }

  private static RunReport report(EmbeddedBroker broker) {
    LogConnection connection = LogConnection.to(broker.bootstrapServers());
    return RunReports.choose(new RunReports(connection).read(), "first");
  }

  private ChildProcess learn(String... options) throws IOException {
    return slowly("learn", options);
  }

  private ChildProcess train(String... options) throws IOException {
    return slowly("train", options);
  }

  /** Learns so slowly that no weights solve anything by luck. */
  private ChildProcess slowly(String command, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of(options));
    if (all.stream().noneMatch(option -> option.startsWith("--run"))) {
      all.add("--seed=7");
      all.add("--set=double-dqn.learning-rate=1e-9;schedule.checkpoint-every=500");
    }
    return start(command, all.toArray(String[]::new));
  }

  private ChildProcess start(String command, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of(command, "--data-directory=" + directory));
    all.add("--http-port=0");
    all.addAll(List.of(options));
    return ChildProcess.start(all.toArray(String[]::new));
  }

  private static long steps(String line) {
    var matcher = STEPS.matcher(line);
    return matcher.find() ? Long.parseLong(matcher.group(1).replace(",", "")) : 0;
  }
}
