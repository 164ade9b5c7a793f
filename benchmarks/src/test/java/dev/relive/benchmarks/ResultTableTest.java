package dev.relive.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.relive.benchmarks.Row.Yardstick;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTableTest {
  private static final ResultTable TABLE =
      new ResultTable(
          List.of(
              new Row(
                  "write",
                  "segments",
                  new Series(List.of(1_000.0, 90.0, 800.0)),
                  new Yardstick("bare producer", new Series(List.of(1_000.0, 1_000.4)), 0.7)),
              new Row("append", "transitions", new Series(List.of(12_345_678.9)), null),
              new Row(
                  "steps",
                  "steps",
                  new Series(List.of(50.0)),
                  new Yardstick("bare environment", new Series(List.of(100.0)), null))));

  @Test
  void textHasAlignedColumnsOfMedians() {
    assertEquals(
        """
        what    unit             ours/s  limit or peer     its/s  ratio  target
        write   segments            800  bare producer     1,000   0.80   ≥ 0.7
        append  transitions  12,345,679
        steps   steps                50  bare environment    100   0.50
        """,
        TABLE.text());
  }

  @Test
  void jsonHasWhatTheTextHasAndEveryRound(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("table.json");
    TABLE.writeJson(file);
    JsonNode rows = new ObjectMapper().readTree(file.toFile());
    assertEquals(3, rows.size());
    JsonNode write = rows.get(0);
    assertEquals("write", write.get("what").asText());
    assertEquals(800, write.get("ours").asDouble());
    assertEquals(90, write.get("oursRounds").get(1).asDouble());
    assertEquals("bare producer", write.get("yardstick").asText());
    assertEquals(1_000.2, write.get("limit").asDouble());
    assertEquals(800 / 1_000.2, write.get("ratio").asDouble());
    assertEquals(0.7, write.get("target").asDouble());
    assertFalse(rows.get(1).has("limit"));
  }
}
