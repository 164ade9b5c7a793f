package dev.relive.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.relive.environments.Environments;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Every benchmark once, on next to no work: that it runs, and counts something. */
class BenchmarksTest {
  private static final Effort TINY = new Effort(0, 1, 16, 800, 3, Duration.ofMillis(20), 1, false);

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource({
    "writer,1",
    "reader,1",
    "replay,2",
    "episodes,1",
    "updates,2",
    "steps,2",
    "end-to-end,3",
    "latency,2"
  })
  void everySectionHasItsRows(String section, int rows, @TempDir Path directory)
      throws IOException {
    Path json = directory.resolve("table.json");
    assertEquals(0, execute("--only", section, "--json", json.toString()), err::toString);
    assertEquals(1 + rows, out.toString().lines().count(), out::toString);
    JsonNode table = new ObjectMapper().readTree(json.toFile());
    assertEquals(rows, table.size());
    for (JsonNode row : table) {
      assertTrue(row.get("ours").asDouble() > 0, row::toPrettyString);
      if (row.has("yardstick")) {
        assertTrue(row.get("limit").asDouble() > 0, row::toPrettyString);
        assertTrue(row.get("ratio").asDouble() > 0, row::toPrettyString);
      }
    }
  }

  @Test
  void environmentsStandAloneWithoutGymnasium(@TempDir Path directory) throws IOException {
    Path json = directory.resolve("table.json");
    assertEquals(0, execute("--only", "environments", "--json", json.toString()), err::toString);
    JsonNode table = new ObjectMapper().readTree(json.toFile());
    assertEquals(Environments.ids().size() + 2, table.size());
    for (JsonNode row : table) {
      assertTrue(row.get("what").asText().endsWith("lanes (no Gymnasium here)"));
      assertTrue(row.get("ours").asDouble() > 0, row::toPrettyString);
    }
  }

  @Test
  void aPythonWithoutGymnasiumIsRefused() {
    assertEquals(1, execute("--only", "environments", "--python", "true"));
    assertTrue(err.toString().contains("interpreter true does not run Gymnasium"), err::toString);
  }

  @Test
  void anUnknownRowIsRefused() {
    assertEquals(2, execute("--only", "reeder"));
    assertTrue(err.toString().contains("reeder"), err::toString);
    assertTrue(err.toString().contains("reader"), err::toString);
  }

  private int execute(String... arguments) {
    CommandLine command = Benchmarks.commandLine(TINY);
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return command.execute(arguments);
  }
}
