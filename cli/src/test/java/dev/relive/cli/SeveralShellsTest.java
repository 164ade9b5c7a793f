package dev.relive.cli;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example that runs every part in a process of its own and kills each of them once. With {@code
 * -Pfaults}.
 */
@EnabledIfSystemProperty(
    named = "faults.extent",
    matches = "long",
    disabledReason = "It takes minutes: ./mvnw verify -Pfaults")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "The example is a bash script.")
@Timeout(value = 12, unit = TimeUnit.MINUTES)
final class SeveralShellsTest {

  private final Path directory;

  SeveralShellsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void isSolvedWhateverIsKilled() throws Exception {
    Path log = directory.resolve("log");
    ProcessBuilder script =
        new ProcessBuilder(
                System.getProperty("relive.root") + "/examples/several-shells", log.toString())
            .redirectErrorStream(true);
    script.environment().keySet().removeIf(name -> name.startsWith("RELIVE"));
    script.environment().put("RELIVE", launcher().toString());
    try (ChildProcess running = ChildProcess.start(script)) {
      assertEquals(0, running.awaitEnd(), running::text);
    }

    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(log))) {
      LogConnection connection = LogConnection.to(broker.bootstrapServers());
      RunReport report = RunReports.choose(new RunReports(connection).read(), "several-shells");
      assertEquals(Run.Phase.SOLVED, report.run().phase());
      assertEquals(2, report.progress().orElseThrow().getGeneration());
      assertNothingIsLost(connection, report.run());
      CommandRun verified =
          CommandRun.of("log", "verify", "-q", "--bootstrap-servers=" + broker.bootstrapServers());
      assertEquals(ExitCode.SUCCESS, verified.exitCode(), verified::out);
    }
  }

  private static void assertNothingIsLost(LogConnection connection, Run run) {
    ExperienceReader reader = new ExperienceReader(connection, RejectedRecords.LEFT);
    List<LoggedSegment> segments =
        reader
            .read(ReadRequest.of(connection.topics(), run.spec()).untilNow())
            .collectList()
            .blockOptional()
            .orElseThrow();
    assertEquals(0, reader.counters().gaps());
    assertEquals(0, reader.counters().duplicates());
    assertEquals(0, reader.counters().rejected().total());
    Map<String, Set<Long>> epochs =
        segments.stream()
            .map(logged -> logged.segment().lane())
            .collect(
                Collectors.groupingBy(
                    lane -> lane.actor(),
                    Collectors.mapping(lane -> lane.epoch(), Collectors.toSet())));
    assertEquals(Set.of("left", "right"), epochs.keySet());
    epochs.forEach((actor, starts) -> assertEquals(2, starts.size(), actor));
  }

  /** Stands in for the launcher, which would build. */
  private Path launcher() throws IOException {
    String command =
        ChildProcess.command("-Xmx512m").stream()
            .map(word -> "'" + word + "'")
            .collect(joining(" "));
    Path launcher = directory.resolve("relive");
    Files.writeString(launcher, "#!/bin/sh\nexec " + command + " \"$@\"\n");
    return Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
