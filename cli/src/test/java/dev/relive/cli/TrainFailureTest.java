package dev.relive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the user reads when training cannot begin. */
final class TrainFailureTest {

  private final Path directory;

  TrainFailureTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void saysThatNoBrokerAnswers() throws IOException {
    CommandRun run =
        train(directory, "--bootstrap-servers=127.0.0.1:1", "--http-port=0", "--broker-timeout=2");

    assertEquals(
        new CommandRun(
            ExitCode.FAILURE, "", "No Kafka broker answers at 127.0.0.1:1 within 2 seconds.\n"),
        run);
    String log = Files.readString(directory.resolve("logs/train.log"), UTF_8);
    assertTrue(log.contains("dev.relive.log.LogException: No Kafka broker answers"), log);
  }

  @Test
  void tellsWhereItCameAboutWhenVerbose() {
    CommandRun run = train(directory, "--bootstrap-servers=nowhere", "--http-port=0", "--verbose");

    assertEquals(ExitCode.FAILURE, run.exitCode());
    assertTrue(run.err().contains("\tat dev.relive.cli.ServiceProcess.ask("), run.err());
    assertTrue(
        run.err()
            .endsWith(
                "No Kafka client can be made for nowhere:"
                    + " Invalid url in bootstrap.servers: nowhere.\n"),
        run.err());
  }

  @Test
  void saysThatThePortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CommandRun run =
          train(
              directory, "--bootstrap-servers=127.0.0.1:1", "--http-port=" + taken.getLocalPort());

      assertEquals(ExitCode.FAILURE, run.exitCode());
      assertEquals("", run.out());
      String begin = "Port %d of 127.0.0.1 cannot serve".formatted(taken.getLocalPort());
      assertTrue(run.err().startsWith(begin), run.err());
      assertTrue(run.err().contains("--http-port"), run.err());
      assertEquals(1, run.err().lines().count());
    }
  }

  @Test
  void saysThatTheDirectoryIsAFile() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "in the way");

    CommandRun run = train(file, "--http-port=0");

    String sentence = "The data directory " + file + " cannot be created or written to.\n";
    assertEquals(new CommandRun(ExitCode.FAILURE, "", sentence), run);
  }

  @Test
  void saysThatThereIsNoGpuAndComputesNowhereElse() {
    try (Compute compute = Compute.open(DeviceChoice.AUTO)) {
      assumeTrue(compute.device().equals("cpu"), "this machine has a GPU");
    }

    CommandRun run = train(directory, "--device=gpu", "--http-port=0");

    assertEquals(ExitCode.FAILURE, run.exitCode());
    assertEquals("", run.out());
    assertTrue(
        run.err()
            .matches(
                "The device gpu was asked for, but PyTorch \\S+ sees no GPU here; allowed are auto"
                    + " and cpu\\.\n"),
        run.err());
  }

  private static CommandRun train(Path directory, String... options) {
    String[] arguments = new String[options.length + 3];
    arguments[0] = "train";
    arguments[1] = "--quiet";
    arguments[2] = "--data-directory=" + directory;
    System.arraycopy(options, 0, arguments, 3, options.length);
    return CommandRun.of(arguments);
  }
}
