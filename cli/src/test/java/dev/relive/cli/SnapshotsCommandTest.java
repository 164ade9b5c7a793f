package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.relive.agents.Safetensors;
import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The snapshots of two short trainings. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class SnapshotsCommandTest {

  private static Path data;
  private static EmbeddedBroker broker;

  private final Path directory;

  SnapshotsCommandTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeAll
  static void learn(@TempDir Path shared) {
    data = shared;
    broker = EmbeddedBroker.start(BrokerConfig.in(data));
    Map<String, String> sights =
        Map.of("first", "", "second", " --set=observation.stack=3;observation.normalise=true");
    for (String label : List.of("first", "second")) {
      // So slowly that no weights solve anything by luck.
      CommandRun run =
          run(
              "train --label=%s --steps=1500 --seed=7 --set=double-dqn.learning-rate=1e-9 --set=schedule.snapshot-every=700 --http-port=0 --quiet%s"
                  .formatted(label, sights.getOrDefault(label, "")));
      assertEquals(ExitCode.UNSOLVED, run.exitCode(), run::toString);
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void areListed() {
    CommandRun all = run("snapshots ls");
    CommandRun first = run("snapshots ls --run=first");

    List<String> lines = first.out().lines().toList();
    assertTrue(
        lines
            .get(0)
            .matches(
                "RUN +VERSION +GENERATION +PARENT +STEPS +UPDATES +REASON +SIZE +SHA-256 +MEAN"
                    + " RETURN"),
        first::toString);
    assertTrue(
        lines
            .get(lines.size() - 1)
            .matches(
                "cartpole-v1-\\S+ +\\d+ +1 +\\d+ +1,5\\d\\d +\\d+ +final +\\S+ kB +[0-9a-f]{8}"
                    + " +[\\d.]+ ± [\\d.]+( +best)?"),
        first::toString);
    assertEquals(1, lines.stream().filter(line -> line.endsWith(" best")).count(), first::out);
    assertTrue(all.out().lines().count() > lines.size(), all::toString);
  }

  @Test
  void areExportedToAFile() throws IOException {
    Path file = directory.resolve("last.safetensors");

    CommandRun export = run("snapshots export --run=first --snapshot=last --output=" + file);

    JsonArray listed = json("snapshots ls --run=first");
    JsonObject last = listed.get(listed.size() - 1).getAsJsonObject();
    assertEquals(last.get("sha256").getAsString(), checksum(file));
    assertTrue(export.out().startsWith(file + ": version " + last.get("version")), export::out);

    Files.writeString(file, "precious");
    CommandRun again = run("snapshots export --run=first --output=" + file);
    assertEquals(ExitCode.FAILURE, again.exitCode());
    assertEquals(file + " is there already; --force overwrites it.\n", again.err());
    assertEquals("precious", Files.readString(file));

    run("snapshots export --run=first --snapshot=final --force --output=" + file);
    assertEquals(last.get("sha256").getAsString(), checksum(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void areAllExportedToADirectory() throws IOException {
    Path target = directory.resolve("new");
    Path inTheWay = Files.createFile(directory.resolve("file"));
    CommandRun refused = run("snapshots export --run=second --snapshot=all -o " + inTheWay);
    assertEquals(inTheWay + " is a file, and must be a directory.\n", refused.err());

    JsonArray exported = json("snapshots export --run=second --snapshot=all --output=" + target);
    JsonArray listed = json("snapshots ls --run=second");

    assertEquals(listed.size(), exported.size());
    for (JsonElement each : exported) {
      JsonObject snapshot = each.getAsJsonObject();
      Path file = Path.of(snapshot.get("file").getAsString());
      assertEquals(
          target.resolve(
              "%s-v%d.safetensors"
                  .formatted(
                      snapshot.get("run").getAsString(), snapshot.get("version").getAsLong())),
          file);
      assertEquals(snapshot.get("sha256").getAsString(), checksum(file));
    }
    run("snapshots export --run=second --output=%s/one/".formatted(directory));
    assertTrue(Files.isDirectory(directory.resolve("one")));
  }

  @Test
  void mustBeThere() throws IOException {
    CommandRun none = run("snapshots export --run=first --snapshot=987654 -o " + directory);
    assertEquals(ExitCode.FAILURE, none.exitCode());
    assertTrue(
        none.err().matches("Run cartpole\\S+ has no snapshot of version 987654; .*\n"), none::err);

    CommandRun unclear = run("snapshots export -o " + directory);
    assertEquals(
        "The log holds 2 runs, so choose one with --run; `relive runs ls` lists them.\n",
        unclear.err());
    assertEquals(List.of(), files());
  }

  @Test
  void play() {
    JsonObject played = played("play --run=first --snapshot=last --episodes=4");

    JsonArray listed = json("snapshots ls --run=first");
    JsonObject last = listed.get(listed.size() - 1).getAsJsonObject();
    assertEquals(
        "version %s of run %s"
            .formatted(last.get("version").getAsString(), last.get("run").getAsString()),
        played.get("policy").getAsString());
    assertEquals("CartPole-v1", played.get("environment").getAsString());
    assertEquals(played, played("play --run=first --snapshot=last --episodes=4"));

    JsonObject cut =
        played("play --run=second --environment-option=max_episode_steps=3 --episodes=2");
    assertEquals(3, cut.get("mean").getAsDouble());
    assertEquals(2, cut.get("truncated").getAsInt());

    JsonObject several = played("play --run=second --episodes=3");
    JsonObject third = played("play --run=second --seed=2");
    assertEquals(several.getAsJsonArray("lengths").get(2), third.getAsJsonArray("lengths").get(0));

    CommandRun shown = run("play --run=second");
    assertTrue(shown.out().contains("[=====]"), shown::toString);
    CommandRun none = run("play --run=third");
    assertEquals(ExitCode.FAILURE, none.exitCode(), none::toString);
  }

  private static JsonObject played(String command) {
    return JsonParser.parseString(run(command + " --json").out()).getAsJsonObject();
  }

  @Test
  void belongToRunsThatAreComparedAsTheyAre() {
    CommandRun same = run("runs compare first second");

    assertEquals(ExitCode.SUCCESS, same.exitCode(), same::toString);
    assertTrue(same.out().contains("offsets of partition 0"), same::out);
    assertFalse(same.out().contains("learning-rate"), same::out);
    assertTrue(
        same.out().matches("(?s).*\n  phase +stopped +stopped\n  steps +1,5.. +1,5..\n.*"),
        same::out);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static String checksum(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return HexFormat.of().formatHex(Safetensors.decode(ByteBuffer.wrap(bytes)).sha256());
  }

  private static JsonArray json(String command) {
    return JsonParser.parseString(run(command + " --json").out()).getAsJsonArray();
  }

  private static CommandRun run(String command) {
    List<String> arguments = new ArrayList<>(List.of(command.split(" ", -1)));
    arguments.add("--data-directory=" + data);
    arguments.add("--bootstrap-servers=" + broker.bootstrapServers());
    return CommandRun.of(arguments.toArray(String[]::new));
  }
}
