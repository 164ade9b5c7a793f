package dev.relive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.relive.agents.ModelMessages;
import dev.relive.log.AcknowledgedSegments;
import dev.relive.log.AuditReport;
import dev.relive.log.AuditRequest;
import dev.relive.log.LogAdmin;
import dev.relive.log.LogAudit;
import dev.relive.log.wire.Tensors;
import dev.relive.service.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proves what a log holds. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "Prove that nothing in the log is lost or damaged, or name what is.",
    description = {
      "",
      "Reads every record once: checksums, formats, the order of every actor and lane, lineage from"
          + " transition to verdict, and what learners say that they ingested. A log may be"
          + " verified while it is written to.",
    },
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  0:the log holds; notes may have been told",
      "  1:the log cannot be read, and why",
      "  2:the command line or a RELIVE_ variable is wrong",
      "  4:something is lost or damaged, and is listed",
    })
final class LogVerifyCommand extends ToolCommand<LogVerifyConfig> {

  @Parameters(
      arity = "0..1",
      paramLabel = "STREAM",
      description = "The only stream to verify; all unless stated.")
  private @Nullable String stream;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "The only run to verify, by its id or label; all unless stated.")
  private @Nullable String run;

  @Option(
      names = "--acknowledged",
      paramLabel = "FILE",
      description =
          "Segments that must be in the log, a line each: RUN ACTOR EPOCH SEQUENCE, the epoch in"
              + " hexadecimal. - reads them from the standard input.")
  private @Nullable String acknowledged;

  LogVerifyCommand(Shell shell, Clock clock) {
    super(shell, clock);
  }

  @Override
  LogVerifyConfig config() {
    return new LogVerifyConfig(
        place(),
        Optional.ofNullable(stream),
        Optional.ofNullable(run),
        Optional.ofNullable(acknowledged));
  }

  @Override
  int run(LogVerifyConfig config, Tool tool) throws IOException {
    AuditRequest request =
        new AuditRequest(
            config.stream(),
            config.run(),
            config.acknowledged().map(LogVerifyCommand::acknowledged),
            LogVerifyCommand::fault);
    try (LogAdmin admin = LogAdmin.open(tool.connection(), config.log().brokerTimeout());
        AuditOutput output =
            tool.asJson() ? new AuditJson(tool.out()) : new AuditText(tool.out())) {
      AuditReport report = LogAudit.of(admin, request, new AuditProgress(output, tool.progress()));
      tool.progress().clear();
      output.end(report);
      return report.holds() ? ExitCode.SUCCESS : ExitCode.CHECK_FAILED;
    }
  }

  private static AcknowledgedSegments acknowledged(String file) {
    try (BufferedReader lines =
        file.equals("-")
            ? new BufferedReader(new InputStreamReader(System.in, UTF_8))
            : Files.newBufferedReader(Path.of(file), UTF_8)) {
      return AcknowledgedSegments.read(lines);
    } catch (IOException e) {
      throw new UserException(
          "The acknowledged segments cannot be read from %s: %s".formatted(file, e), e);
    }
  }

  private static Optional<String> fault(Tensors weights) {
    try {
      var unused = ModelMessages.tensors(weights);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
