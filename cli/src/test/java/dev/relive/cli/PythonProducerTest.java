package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.log.ExperienceReader;
import dev.relive.log.LogConnection;
import dev.relive.log.LoggedSegment;
import dev.relive.log.ReadRequest;
import dev.relive.log.RejectedRecords;
import dev.relive.log.Run;
import dev.relive.log.RunReports;
import dev.relive.log.RunReports.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The example that produces from Python, by what the pages say of the log. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "A virtual environment looks different there.")
final class PythonProducerTest {

  private static final Path EXAMPLE =
      Path.of(System.getProperty("relive.root"), "examples", "python-producer");

  private final Path directory;

  PythonProducerTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void itsExperienceIsLearnedFrom() throws Exception {
    Path python = python();
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory.resolve("log")));
        ChildProcess learner =
            ChildProcess.start(
                "learn",
                "--bootstrap-servers=" + broker.bootstrapServers(),
                "--data-directory=" + directory.resolve("learner"),
                "--label=python",
                "--steps=2500",
                "--http-port=0",
                "--plain");
        ChildProcess producer =
            ChildProcess.start(
                new ProcessBuilder(
                    python.toString(),
                    EXAMPLE.resolve("producer.py").toString(),
                    broker.bootstrapServers(),
                    "--name=snake",
                    "--lanes=4"))) {
      assertEquals(ExitCode.SUCCESS, learner.awaitEnd(), learner::text);
      assertEquals(0, producer.awaitEnd(), producer::text);

      LogConnection connection = LogConnection.to(broker.bootstrapServers());
      RunReport report = RunReports.choose(new RunReports(connection).read(), "python");
      assertEquals(Run.Phase.STOPPED, report.run().phase());
      assertTrue(report.progress().orElseThrow().getUpdates() >= 1_000);
      List<LoggedSegment> segments = segments(connection, report.run());
      assertEquals(
          Set.of("snake"),
          segments.stream().map(each -> each.segment().lane().actor()).collect(Collectors.toSet()));
      assertEquals(
          segments.size(),
          Integer.parseInt(producer.find("steps in (\\d+) segments are in the log")));
      CommandRun verified =
          CommandRun.of("log", "verify", "-q", "--bootstrap-servers=" + broker.bootstrapServers());
      assertEquals(ExitCode.SUCCESS, verified.exitCode(), verified::out);
    }
  }

  private static List<LoggedSegment> segments(LogConnection connection, Run run) {
    ExperienceReader reader = new ExperienceReader(connection, RejectedRecords.LEFT);
    List<LoggedSegment> segments =
        reader
            .read(ReadRequest.of(connection.topics(), run.spec()).untilNow())
            .collectList()
            .blockOptional()
            .orElseThrow();
    assertEquals(0, reader.counters().gaps());
    assertEquals(0, reader.counters().rejected().total());
    return segments;
  }

  /** An interpreter with what the example requires, made once; the test is skipped without it. */
  private static Path python() throws IOException, InterruptedException {
    Path place = Path.of("target", "python").toAbsolutePath();
    Path python = place.resolve("bin").resolve("python");
    Path requirements = EXAMPLE.resolve("requirements.txt");
    Path made = place.resolve("requirements.txt");
    if (Files.notExists(made) || Files.mismatch(made, requirements) >= 0) {
      assumeTrue(
          runs("python3", "-m", "venv", "--clear", place.toString())
              && runs(
                  python.toString(), "-m", "pip", "install", "-q", "-r", requirements.toString()),
          "No Python with Gymnasium and a Kafka client could be made.");
      Files.copy(requirements, made);
    }
    return python;
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
