package dev.relive.learner;

import dev.relive.log.LogConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The learner of a run in a process of its own and little memory, which a test may kill. */
final class LearnerProcess {
  private LearnerProcess() {}

  static Process start(LogConnection connection, String run) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dai.djl.offline=true",
            "-cp",
            System.getProperty("java.class.path"),
            LearnerProcess.class.getName(),
            connection.bootstrapServers(),
            connection.prefix(),
            run)
        .inheritIO()
        .start();
  }

  public static void main(String[] arguments) throws Exception {
    BrokerLog log = new BrokerLog(new LogConnection(arguments[0], arguments[1], Map.of()));
    try (LearnerService learner =
        log.started(BrokerLog.resume(arguments[2], IfRunning.TAKE_OVER))) {
      learner.completion().get();
    }
  }
}
