package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code relive runs} finds in a real log. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class LogLookTest {

  private final Path directory;

  LogLookTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void looksAtARunWhileABrokerRunsAndWithoutOne() {
    train();

    CommandRun list = look("ls");
    assertEquals("", list.err());
    assertTrue(list.out().startsWith("RUN  "), list::out);
    String line =
        "cartpole-v1-\\S+ +first +stopped +CartPole-v1 +double-dqn +7 +1,200 +208 .* 1"
            + " +20\\d\\d-.*";
    assertTrue(list.out().lines().toList().get(1).matches(line), list::out);

    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory))) {
      String id = list.out().lines().toList().get(1).split(" ", 2)[0];
      CommandRun shown = look("show", "first");
      assertEquals(ExitCode.SUCCESS, shown.exitCode());
      assertTrue(shown.out().startsWith(id + " (first)\n\n  phase "), shown::out);
      assertTrue(shown.out().contains("  schedule.steps                     1200\n"), shown::out);
      assertTrue(shown.out().contains("1,200 steps of "), shown::out);

      CommandRun missing = CommandRun.of("runs", "show", "other", "-b", broker.bootstrapServers());
      assertEquals(ExitCode.FAILURE, missing.exitCode());
      assertEquals(
          "There is no run 'other': the log holds " + id + " (first) STOPPED.\n", missing.err());
    }
  }

  @Test
  void printsJsonForPrograms() {
    train();

    JsonObject listed =
        JsonParser.parseString(look("ls", "--json").out())
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject();
    assertEquals("first", listed.get("label").getAsString());
    assertEquals("stopped", listed.get("phase").getAsString());
    assertEquals(1_200, listed.get("steps").getAsLong());
    assertTrue(listed.get("lastSignOfLife").getAsString().endsWith("Z"), listed::toString);

    String run = listed.get("run").getAsString();
    JsonObject shown = JsonParser.parseString(look("show", run, "--json").out()).getAsJsonObject();
    assertEquals("0.98", shown.getAsJsonObject("settings").get("return.discount").getAsString());
    assertEquals("its 1200 steps are spent", shown.get("reason").getAsString());
    assertTrue(shown.get("verdict").isJsonNull(), shown::toString);
    assertEquals(100, evaluation(shown).get("episodes").getAsInt());
    assertEquals(
        listed.get("last").getAsDouble(), evaluation(shown).get("mean").getAsDouble(), 1e-12);
  }

  private static JsonObject evaluation(JsonObject run) {
    var evaluations = run.getAsJsonArray("evaluations");
    return evaluations.get(evaluations.size() - 1).getAsJsonObject();
  }

  @Test
  void saysThatThereIsNothingToLookAt() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));

    CommandRun nothing = CommandRun.of("runs", "ls", "--data-directory=" + empty);
    assertEquals(
        new CommandRun(
            ExitCode.FAILURE,
            "",
            "The data directory %s holds no log; --data-directory names another, and --bootstrap-servers a Kafka.\n"
                .formatted(empty)),
        nothing);

    EmbeddedBroker.start(BrokerConfig.in(empty)).close();
    CommandRun noRuns = CommandRun.of("runs", "ls", "--data-directory=" + empty);
    assertEquals(new CommandRun(ExitCode.SUCCESS, "The log holds no runs.\n", ""), noRuns);
  }

  private void train() {
    CommandRun run =
        CommandRun.of(
            "train",
            "--quiet",
            "--steps=1200",
            "--seed=7",
            "--label=first",
            "--set=double-dqn.learning-rate=1e-9",
            "--http-port=0",
            "--data-directory=" + directory);
    assertEquals(ExitCode.UNSOLVED, run.exitCode(), run::err);
  }

  private CommandRun look(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "runs";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 1] = "--data-directory=" + directory;
    return CommandRun.of(all);
  }
}
