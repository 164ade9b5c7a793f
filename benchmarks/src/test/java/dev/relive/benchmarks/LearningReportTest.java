package dev.relive.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LearningReportTest {
  private static final StratifiedBootstrap BOOTSTRAP = new StratifiedBootstrap(100, 0.95);

  @Test
  void hasALineForEachSeedAndForEachSummary() {
    LearningResult one =
        new LearningResult(
            "a", 0, true, 20_000L, 9.5, 2.5, 10.25, 21_000, 10_000, 40, 480.0, 490.0, 500.0);
    LearningResult two =
        new LearningResult(
            "b", 1, true, 30_000L, 10.5, 2.5, 11.25, 31_000, 12_000, 60, 490.0, 500.0, 500.0);
    assertEquals(
        """
        Solved 2 of 2.

        | seed | solved at steps | solved after s | first transition s | evaluation | confirmation | final snapshot | updates | total s |
        | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
        | 0 | 20,000 | 9.5 | 2.50 | 480.0 | 490.0 | 500.0 | 10,000 | 10.3 |
        | 1 | 30,000 | 10.5 | 2.50 | 490.0 | 500.0 | 500.0 | 12,000 | 11.3 |
        | mean | 25,000 | 10.0 | 2.50 | 485.0 | 495.0 | 500.0 | 11,000 | 10.8 |
        | median | 25,000 | 10.0 | 2.50 | 485.0 | 495.0 | 500.0 | 11,000 | 10.8 |
        | IQM | 25,000 | 10.0 | 2.50 | 485.0 | 495.0 | 500.0 | 11,000 | 10.8 |
        | 95 % of the IQM | 20,000 to 30,000 | 9.5 to 10.5 | 2.50 to 2.50 | 480.0 to 490.0 | 490.0 to 500.0 | 500.0 to 500.0 | 10,000 to 12,000 | 10.3 to 11.3 |
        """,
        new LearningReport(List.of(one, two), BOOTSTRAP).markdown());
  }

  @Test
  void aRunThatIsNotSolvedFlattersNoSummary() {
    LearningResult solved =
        new LearningResult("a", 0, true, 100L, 1.0, 2.0, 3.0, 100, 10, 1, 480.0, 490.0, 500.0);
    LearningResult unsolved =
        new LearningResult("b", 1, false, null, null, 2.0, 3.0, 200, 20, 2, 300.0, null, 200.0);
    List<String> lines =
        new LearningReport(List.of(solved, solved, unsolved), BOOTSTRAP)
            .markdown()
            .lines()
            .toList();
    assertEquals("Solved 2 of 3.", lines.get(0));
    assertEquals("| 1 | – | – | 2.00 | 300.0 | – | 200.0 | 20 | 3.0 |", lines.get(6));
    assertEquals("| mean | – | – | 2.00 | 420.0 | – | 400.0 | 13 | 3.0 |", lines.get(7));
    assertEquals("| median | 100 | 1.0 | 2.00 | 480.0 | 490.0 | 500.0 | 10 | 3.0 |", lines.get(8));
  }
}
