package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands on the page about environments print what it says that they do. */
final class EnvironmentsPageTest {

  private static final String COMMAND = "$ relive ";
  private static final String FENCE = "```";

  @ParameterizedTest
  @MethodSource("commands")
  void printsWhatStandsBelowIt(String command) throws IOException {
    List<String> page = page();
    List<String> below = page.subList(page.indexOf(COMMAND + command) + 1, page.size());
    List<String> expected = below.subList(0, below.indexOf(FENCE));

    assertEquals(
        String.join("\n", CommandRun.of(command.split(" ", -1)).out().lines().toList()),
        String.join("\n", expected),
        "what docs/environments.md says");
  }

  private static Stream<String> commands() throws IOException {
    return page().stream()
        .filter(line -> line.startsWith(COMMAND))
        .map(line -> line.substring(COMMAND.length()));
  }

  private static List<String> page() throws IOException {
    return Files.readAllLines(
        Path.of(System.getProperty("relive.root"), "docs", "environments.md"));
  }
}
