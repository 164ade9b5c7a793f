package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reward curves of a real run, on the screen and in files. */
final class RunsCurveCommandTest {

  private static Path data = Path.of("");
  private static EmbeddedBroker broker;

  private final Path directory;

  RunsCurveCommandTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeAll
  static void learn(@TempDir Path shared) {
    data = shared;
    broker = EmbeddedBroker.start(BrokerConfig.in(data));
    // So slowly that no weights solve anything by luck.
    CommandRun run =
        run(
            "train --label=first --steps=1500 --seed=7 --set=double-dqn.learning-rate=1e-9"
                + " --set=schedule.snapshot-every=300 --http-port=0 --quiet");
    assertEquals(ExitCode.UNSOLVED, run.exitCode(), run::toString);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void areShownAndWrittenToFiles() throws IOException {
    Path png = directory.resolve("curve.png");
    Path csv = directory.resolve("curve.csv");

    CommandRun shown = run("runs show first --png=%s --csv=%s".formatted(png, csv));

    assertEquals(ExitCode.SUCCESS, shown.exitCode(), shown::toString);
    assertEquals("Written to %s.\nWritten to %s.\n".formatted(csv, png), shown.err());
    assertTrue(shown.out().contains("\nReward curve\n"), shown::out);
    assertTrue(shown.out().contains("●"), shown::out);
    assertTrue(shown.out().contains("  ┄ mean return of 475.0 solves it\n"), shown::out);

    BufferedImage image = ImageIO.read(png.toFile());
    assertEquals(1_200, image.getWidth());
    assertEquals(0xFFFFFF, image.getRGB(2, 2) & 0xFFFFFF);
    assertTrue(hasColour(image, 0x0072B2));

    List<String> lines = Files.readAllLines(csv);
    assertTrue(lines.get(0).startsWith("run,label,version,steps,greedy,episodes,mean,median"));
    assertTrue(lines.size() > 1, lines::toString);
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = List.of(line.split(",", -1));
      assertEquals(13, cells.size());
      assertEquals(
          List.of("first", "true", "100"), List.of(cells.get(1), cells.get(4), cells.get(5)));
      List<Double> numbers =
          new ArrayList<>(cells.subList(6, 13).stream().map(Double::parseDouble).toList());
      double mean = numbers.get(0);
      assertTrue(numbers.get(2) <= mean && mean <= numbers.get(3), line);
      assertTrue(numbers.get(5) <= mean && mean <= numbers.get(6), line);
    }
  }

  private static boolean hasColour(BufferedImage image, int colour) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        if ((image.getRGB(x, y) & 0xFFFFFF) == colour) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void overwriteNothingUnlessForced() throws IOException {
    Path png = Files.writeString(directory.resolve("curve.png"), "precious");

    CommandRun refused = run("runs compare first first --png=" + png);

    assertEquals(ExitCode.FAILURE, refused.exitCode());
    assertEquals(png + " is there already; --force overwrites it.\n", refused.err());
    assertEquals("", refused.out());
    assertEquals("precious", Files.readString(png));

    CommandRun forced = run("runs compare first first --force --png=" + png);
    assertEquals(ExitCode.SUCCESS, forced.exitCode(), forced::toString);
    assertEquals(1_200, ImageIO.read(png.toFile()).getWidth());
    assertArrayEquals(new String[] {"curve.png"}, directory.toFile().list());
  }

  @Test
  void canBeWrittenBesideJson() throws IOException {
    Path csv = directory.resolve("sub").resolve("curve.csv");

    CommandRun shown = run("runs show first --json --csv=" + csv);

    assertTrue(shown.out().startsWith("{"), shown::out);
    assertTrue(shown.out().contains("\"confidenceLow\": "), shown::out);
    assertTrue(Files.size(csv) > 100);
  }

  @Test
  void nameARunThatIsNotThere() {
    CommandRun missing = run("runs show second");

    assertEquals(ExitCode.FAILURE, missing.exitCode());
    assertTrue(missing.err().startsWith("There is no run 'second': the log holds "), missing::err);
  }

  private static CommandRun run(String line) {
    List<String> arguments = new ArrayList<>(List.of(line.split(" ", -1)));
    arguments.add("--bootstrap-servers=" + broker.bootstrapServers());
    arguments.add("--data-directory=" + data);
    return CommandRun.of(arguments.toArray(String[]::new));
  }
}
