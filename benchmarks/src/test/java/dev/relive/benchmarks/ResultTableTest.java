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
                  "segments/s",
                  new Series(List.of(1_000.0, 90.0, 800.0)),
                  new Yardstick(
                      "bare producer",
                      new Series(List.of(1_000.0, 1_000.4)),
                      new Target.Ratio(0.7))),
              new Row("append", "transitions/s", new Series(List.of(12_345_678.9)), null),
              new Row(
                  "steps",
                  "steps/s",
                  new Series(List.of(50.0)),
                  new Yardstick("bare environment", new Series(List.of(100.0)), null)),
              new Row(
                  "latency",
                  "ms",
                  new Series(List.of(12.34)),
                  new Yardstick("bare", new Series(List.of(6.17)), new Target.Ours(50)))));

  @Test
  void textHasAlignedColumnsOfMedians() {
    assertEquals(
        """
        what     unit                 ours  limit or peer       its  ratio  target
        write    segments/s            800  bare producer     1,000   0.80   ≥ 0.7
        append   transitions/s  12,345,679
        steps    steps/s              50.0  bare environment    100   0.50
        latency  ms                   12.3  bare                6.2   2.00    ≤ 50
        """,
        TABLE.text());
  }

  @Test
  void jsonHasWhatTheTextHasAndEveryRound(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("table.json");
    TABLE.writeJson(file);
    JsonNode rows = new ObjectMapper().readTree(file.toFile());
    assertEquals(4, rows.size());
    JsonNode write = rows.get(0);
    assertEquals("write", write.get("what").asText());
    assertEquals(800, write.get("ours").asDouble());
    assertEquals(90, write.get("oursRounds").get(1).asDouble());
    assertEquals("bare producer", write.get("yardstick").asText());
    assertEquals(1_000.2, write.get("limit").asDouble());
    assertEquals(800 / 1_000.2, write.get("ratio").asDouble());
    assertEquals("≥ 0.7", write.get("target").asText());
    assertFalse(rows.get(1).has("limit"));
  }
}
