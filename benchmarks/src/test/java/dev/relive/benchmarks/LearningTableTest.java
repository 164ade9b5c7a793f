package dev.relive.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The table's handling of the command, with a shell script in the command's place. */
@DisabledOnOs(OS.WINDOWS)
class LearningTableTest {
  @TempDir private Path directory = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path relive = Path.of("");

  @BeforeEach
  void writeProgram() throws IOException {
    relive =
        program(
            """
            #!/bin/sh
            echo "$@"
            echo '{"run":"r","seed":'$4',"solved":true,"solvedAtSteps":'$4'000,"solvedAtSeconds":1.5,
            "firstTransitionSeconds":0.5,"totalSeconds":2,"steps":9000,"updates":5,"version":3,
            "evaluationMean":480,"confirmationMean":490,"finalMean":500,"later":"unknown"}' > "$8"
            """);
  }

  @Test
  void runsEverySeedWithTheOptionsGiven() throws IOException {
    Path markdown = directory.resolve("table.md");
    Path runs = directory.resolve("runs");
    assertEquals(
        0,
        execute(
            "--seeds",
            "3-5",
            "--directory",
            runs.toString(),
            "--markdown",
            markdown.toString(),
            "--steps",
            "77"),
        err::toString);
    assertTrue(out.toString().contains("| 4 | 4,000 | 1.5 | 0.50 | 480.0 | 490.0 | 500.0 | 5 |"));
    assertEquals(out.toString(), Files.readString(markdown));
    assertEquals(
        List.of(
            "train --plain --seed 4 --data-directory "
                + runs.resolve("data-4")
                + " --result "
                + runs.resolve("seed-4.json")
                + " --steps 77"),
        Files.readAllLines(runs.resolve("seed-4.log")));
  }

  @Test
  void aRunWithoutResultEndsItInOneSentence() throws IOException {
    relive = program("#!/bin/sh\necho no broker answers >&2\nexit 1\n");
    assertEquals(1, execute("--directory", directory.resolve("runs").toString()));
    assertEquals(1, err.toString().lines().count());
    assertTrue(err.toString().contains("ended with 1 and no result"), err::toString);
    assertTrue(err.toString().strip().endsWith("no broker answers"), err::toString);
  }

  @Test
  void aResultThatLacksANumberIsNotTakenForZero() throws IOException {
    relive = program("#!/bin/sh\necho '{\"run\":\"r\",\"seed\":1,\"solved\":true}' > \"$8\"\n");
    assertEquals(1, execute("--directory", directory.resolve("runs").toString()));
    assertFalse(out.toString().contains("|"), out::toString);
  }

  @Test
  void refusesResultsOfAnEarlierTimeAndSeedsThatAreNone() throws IOException {
    Files.createDirectories(directory.resolve("runs/data-0"));
    assertEquals(2, execute("--directory", directory.resolve("runs").toString()));
    assertTrue(err.toString().contains("not empty"), err::toString);
    assertEquals(2, execute("--directory", directory.resolve("new").toString(), "--seeds", "5-3"));
    assertTrue(err.toString().contains("--seeds is 5-3"), err::toString);
    assertEquals(2, execute("--directory", directory.resolve("new").toString(), "--seeds", "x"));
  }

  private int execute(String... arguments) {
    CommandLine command = LearningTable.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] all = new String[arguments.length + 2];
    all[0] = "--relive";
    all[1] = relive.toString();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return command.execute(all);
  }

  private Path program(String text) throws IOException {
    Path file = directory.resolve("relive");
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
