package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.relive.environments.Environments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class PlayCommandTest {

  private static final String SHORT = "--environment-option=max_episode_steps=9";

  private final Path directory;

  PlayCommandTest(@TempDir Path directory) {
    this.directory = directory;
  }

  /** What Gymnasium and NumPy give for the same seeds. */
  @ParameterizedTest
  @CsvSource({
    "CartPole-v0, random, 22.402, 11.628, 8, 75, 22.4, 75",
    "CartPole-v1, random, 22.402, 11.628, 8, 75, 22.4, 75",
    "CartPole-v0, angle, 41.698, 8.389, 24, 63, 41.7, 63",
    "CartPole-v1, angle, 41.698, 8.389, 24, 63, 41.7, 63",
  })
  void measuresTheBaselines(
      String environment,
      String policy,
      String mean,
      String deviation,
      String least,
      String most,
      String meanLength,
      String longest) {
    CommandRun run = play("-e", environment, "--policy", policy, "--episodes", "500");

    assertEquals(
        new CommandRun(
            ExitCode.SUCCESS,
            """
            %s · %s · 500 episodes, seeds 0 to 499

              mean return         %s
              standard deviation  %s
              least               %s
              most                %s
              mean length         %s
              longest             %s
              terminated          100.0 %%
            """
                .formatted(environment, policy, mean, deviation, least, most, meanLength, longest),
            ""),
        run);
  }

  @Test
  void tellsProgramsTheSame() {
    JsonObject json = json("--policy=random", "--episodes=500", "--json");

    assertEquals("CartPole-v1", json.get("environment").getAsString());
    assertEquals(22.402, json.get("mean").getAsDouble(), 1e-9);
    assertEquals(11.628, json.get("deviation").getAsDouble(), 5e-4);
    assertEquals(75, json.get("most").getAsDouble());
    assertEquals(500, json.getAsJsonArray("returns").size());
    assertEquals(500, json.get("terminated").getAsInt());
    assertEquals(0, json.get("truncated").getAsInt());
  }

  @Test
  void beginsWithTheSeedsItIsTold() {
    List<Integer> lengths = lengths("--policy=angle", "--episodes=5", "--seed=10");

    assertEquals(lengths("--policy=angle", "--episodes=15").subList(10, 15), lengths);
    assertNotEquals(
        lengths("--policy=random", "--episodes=9"),
        lengths("--policy=random", "--episodes=9", "--action-seed=1"));
  }

  @Test
  void takesOptionsOfTheEnvironment() {
    JsonObject json =
        json(
            "--policy=angle",
            "--environment-option=max_episode_steps=7",
            "--environment-option=sutton_barto_reward=true",
            "--episodes=3",
            "--json");

    assertEquals(0, json.get("mean").getAsDouble());
    assertEquals(3, json.get("truncated").getAsInt());
    assertEquals(7, json.get("maxEpisodeSteps").getAsInt());
  }

  /** All kinds of actions that environments have. */
  @ParameterizedTest
  @MethodSource("environments")
  void playsEveryEnvironmentAtRandom(String environment) {
    CommandRun run =
        play("-e", environment, "--environment-option=max_episode_steps=3", "--episodes=1");

    assertEquals(ExitCode.SUCCESS, run.exitCode(), run::toString);
    assertTrue(
        run.out().contains("\n" + environment + " · random · seed 0 · step 1 · action "),
        run.out());
  }

  private static Stream<String> environments() {
    return Environments.ids().stream();
  }

  @Test
  void printsPicturesWhereTheOutputIsNoTerminal() {
    CommandRun run = play("--policy=angle", "--environment-option=max_episode_steps=2");

    List<String> lines = run.out().lines().toList();
    assertEquals(3, lines.stream().filter(line -> line.contains("[=====]")).count(), run.out());
    assertTrue(lines.contains("CartPole-v1 · angle · seed 0 · step 0 · return 0"), run.out());
    assertTrue(
        lines.contains("CartPole-v1 · angle · seed 0 · step 2 · action 0 · return 2"), run.out());
    assertEquals("seed 0, return 2 in 2 steps, truncated", lines.get(lines.size() - 1));
    assertFalse(run.out().contains("\u001b"), run.out());
  }

  @Test
  void savesAnEpisodeAsAGif() throws IOException {
    Path file = directory.resolve("episodes/one.gif");

    CommandRun run = play("--policy=angle", SHORT, "--fps=25", "--gif=" + file);

    assertEquals(
        new CommandRun(ExitCode.SUCCESS, file + ": seed 0, return 9 in 9 steps, truncated\n", ""),
        run);
    GifFile gif = GifFile.read(file);
    assertEquals(10, gif.delays().size());
    assertEquals(4, gif.delays().get(0));
    assertEquals(100, gif.delays().get(9));
    assertTrue(gif.loopsForEver());
    assertNotEquals(gif.pictures().get(0), gif.pictures().get(9));

    Files.writeString(file, "precious");
    CommandRun refused = play("--gif=" + file);
    assertEquals(file + " is there already; --force overwrites it.\n", refused.err());
    assertEquals(ExitCode.FAILURE, refused.exitCode());
    assertEquals("precious", Files.readString(file));
    JsonObject json = json("--policy=angle", SHORT, "--force", "--json", "--gif=" + file);
    assertEquals(file.toString(), json.get("file").getAsString());
    assertEquals(9, json.get("mean").getAsDouble());
    assertEquals(10, GifFile.read(file).delays().size());
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "There is no kill.")
  void endsWithWhatItHasAtCtrlC() throws Exception {
    List<String> command = new ArrayList<>(ChildProcess.command("-Xmx256m"));
    command.addAll(List.of("play", "--policy=angle", "--episodes=1000000"));
    try (ChildProcess playing =
        ChildProcess.start(new ProcessBuilder(command).redirectErrorStream(true))) {
      playing.awaitLine(line -> line.startsWith("playing: "));
      playing.interrupt();

      assertEquals(ExitCode.INTERRUPTED, playing.awaitEnd(), playing::text);
      assertTrue(
          playing
              .text()
              .matches("(?s).*CartPole-v1 · angle · stopped after [\\d,]+ of 1,000,000 .*"),
          playing::text);
    }
  }

  private static List<Integer> lengths(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    return json(all.toArray(String[]::new)).getAsJsonArray("lengths").asList().stream()
        .map(length -> length.getAsInt())
        .toList();
  }

  private static JsonObject json(String... arguments) {
    CommandRun run = play(arguments);
    assertEquals(ExitCode.SUCCESS, run.exitCode(), run::toString);
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  private static CommandRun play(String... arguments) {
    List<String> all = new ArrayList<>(List.of("play", "--quiet"));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray(String[]::new));
  }
}
