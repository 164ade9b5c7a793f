package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of a real training in a real browser. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class LivePageBrowserTest {

  private static final String POINTS = "document.getElementById('rewards').dataset.points";
  private static final String EVALUATIONS =
      "document.getElementById('rewards').dataset.evaluations";
  private static final String FRAMES = "document.getElementById('policy').dataset.frames";
  private static final String STATUS = "document.getElementById('status').textContent";

  private final Path directory;

  LivePageBrowserTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void movesWhileItLearns() throws Exception {
    Optional<Chromium> chromium = Chromium.find();
    assumeTrue(
        chromium.isPresent(),
        "There is no Chromium on the PATH, and Debian's package cannot be had quickly.");
    train("--steps=600", "--label=past").awaitEnd();
    try (ChildProcess training = train("--steps=10000000");
        BrowserPage page = BrowserPage.open(chromium.get(), directory.resolve("profile"))) {
      training.awaitLine(line -> Pattern.compile("page http\\S+").matcher(line).find());
      page.size(1_200, 1_500, false);
      page.scheme("light");
      page.show(URI.create(training.find("page (http://127.0.0.1:\\d+/)")));

      page.awaitThat(STATUS + " === 'learning'");
      page.awaitThat(POINTS + " >= 3 && " + EVALUATIONS + " >= 1");
      int points = Integer.parseInt(page.evaluate(POINTS));
      String steps = page.evaluate("document.querySelector('#facts dd').textContent");
      page.awaitThat(POINTS + " >= " + (points + 3));
      assertNotEquals(steps, page.evaluate("document.querySelector('#facts dd').textContent"));
      assertTrue(
          page.evaluate("document.getElementById('rewards').getAttribute('aria-label')")
              .matches(
                  "Training return [\\d.]+, last of \\d+ evaluations [\\d.]+, 475.0 solves it\\."));
      page.awaitThat(FRAMES + " >= 5");
      assertEquals(
          "5", page.evaluate("document.querySelectorAll('.chart canvas').length - 1"), "charts");

      page.evaluate("document.getElementById('past').open = true");
      page.awaitThat("document.querySelector('#runs input')");
      page.evaluate("document.querySelector('#runs input').click()");
      page.awaitThat("document.querySelector('#rewards .u-legend').textContent.includes('past')");

      lookAt(page, "light", 1_200, false);
      page.evaluate("document.getElementById('policy-switch').click()");
      assertEquals("Play", page.evaluate("document.getElementById('policy-switch').textContent"));
      page.scheme("dark");
      lookAt(page, "dark", 1_200, false);
      lookAt(page, "phone", 390, true);
      assertEquals(
          "true",
          page.evaluate("document.documentElement.scrollWidth <= 390"),
          "nothing is wider than the phone");

      assertEquals(List.of(), page.errors());
      training.interrupt();
      assertEquals(ExitCode.INTERRUPTED, training.awaitEnd(), training::text);
      page.awaitThat(STATUS + ".startsWith('no connection')");
    }
  }

  /** Draws it for people to look at, and sees that it is no empty sheet. */
  private void lookAt(BrowserPage page, String name, int width, boolean phone)
      throws IOException, InterruptedException {
    page.size(width, 1_500, phone);
    page.awaitThat("document.querySelector('#rewards canvas').width <= " + width);
    Path file = Files.createDirectories(Path.of("target", "page")).resolve(name + ".png");
    page.screenshot(file);
    BufferedImage image = ImageIO.read(file.toFile());
    int[] pixels = image.getRGB(0, 0, image.getWidth(), 700, null, 0, image.getWidth());
    assertTrue(Arrays.stream(pixels).distinct().count() > 50, name + " is an empty sheet");
    assertEquals(
        name.equals("light"),
        (image.getRGB(3, 3) & 0xFF) > 0x80,
        name + " has its ground's colour");
  }

  private ChildProcess train(String... options) throws IOException {
    List<String> arguments =
        List.of(
            "train",
            "--plain",
            "--data-directory=" + directory.resolve("data"),
            "--http-port=0",
            "--episode-stream=false", // The page shows none of it.
            "--seed=7",
            "--set=double-dqn.learning-rate=1e-9",
            "--set=schedule.snapshot-every=500");
    return ChildProcess.start(
        Stream.concat(arguments.stream(), Arrays.stream(options)).toArray(String[]::new));
  }
}
