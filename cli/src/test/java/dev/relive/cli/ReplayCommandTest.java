package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Learning from what a run left behind, as a user does it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class ReplayCommandTest {

  private final Path directory;
  private final String data;

  ReplayCommandTest(@TempDir Path directory) {
    this.directory = directory;
    data = "--data-directory=" + directory.resolve("data");
  }

  @Test
  void theSameRangeGivesTheSameWeightsAndAnotherChoiceOthers() throws Exception {
    CommandRun trained =
        CommandRun.of(
            "train",
            data,
            "--http-port=0",
            "--deterministic",
            "--seed=3",
            "--label=first",
            "--set=schedule.learning-starts=256",
            "--steps=1024");
    assertEquals(ExitCode.UNSOLVED, trained.exitCode(), trained::toString);

    byte[] once = replayed("once", "--from=4", "--policy-version=2..");
    byte[] again = replayed("again", "--from=4", "--policy-version=2..");
    assertArrayEquals(once, again);
    byte[] shuffled = replayed("shuffled", "--policy-version=2..", "--shuffled-passes=2");
    assertFalse(Arrays.equals(once, shuffled));

    CommandRun none = CommandRun.of("replay", data, "--source-run=nobody");
    assertEquals(ExitCode.FAILURE, none.exitCode(), none::toString);
    assertTrue(none.err().contains("nobody"), none::err);
    assertEquals(1, none.err().lines().count(), none::err);
  }

  /** The weights that a replay of the run ends with. */
  private byte[] replayed(String label, String... options) throws Exception {
    String[] command =
        new String[] {
          "replay",
          data,
          "--http-port=0",
          "--source-run=first",
          "--seed=7",
          "--label=" + label,
          "--set=schedule.learning-starts=256"
        };
    String[] all = Arrays.copyOf(command, command.length + options.length);
    System.arraycopy(options, 0, all, command.length, options.length);
    CommandRun replay = CommandRun.of(all);
    assertEquals("", replay.err());
    assertEquals(ExitCode.SUCCESS, replay.exitCode(), replay::toString);
    Matcher range =
        Pattern.compile("source  run \\S+, offset (\\S+) to (\\S+) of").matcher(replay.out());
    assertTrue(range.find(), replay::out);

    Path weights = directory.resolve(label + ".safetensors");
    CommandRun export =
        CommandRun.of(
            "snapshots",
            "export",
            "--run=" + label,
            "--snapshot=final",
            data,
            "--output=" + weights);
    assertEquals(ExitCode.SUCCESS, export.exitCode(), export::toString);
    // Its metadata names the run: what counts stands behind the header.
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(weights)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] numbers = new byte[file.remaining() - Long.BYTES - (int) file.getLong(0)];
    file.get(file.limit() - numbers.length, numbers);
    return numbers;
  }
}
