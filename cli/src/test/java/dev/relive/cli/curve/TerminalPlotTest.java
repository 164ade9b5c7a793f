package dev.relive.cli.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TerminalPlotTest {

  @Test
  void drawsOneRunWithItsBandAndTheThreshold() {
    RewardCurve curve = Curves.curve("first", 475, 60, 20, 140, 400, 480, 440);

    assertEquals(
        """
           600 ┤
               │                                 ░░░░░░░░░░░░░░░░░░
               │┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄░░░░░░░●●●●●●●●●●●●●●●●●●●●
           400 ┤                      ░░░●●●●●●●░░░░░░░░░░░░░░░░░░░░
               │                   ░░░●●●░░░░░
               │               ░░░●●●●░░░
           200 ┤          ░░░░░●●●░░░
               │   ░░░░░░●●●●●●░░░
               │░░●●●●●●●░░░░░░
             0 ┤●●░░░░░░
               │░
               │
          -200 ┤
               └┬────────────┬────────────┬───────────┬────────────┬
                0          1,000        2,000       3,000        4,000  steps
          ● first
          ░ 95 % confidence interval of the mean return
          ┄ mean return of 475.0 solves it
        """,
        TerminalPlot.text(List.of(curve), 60));
  }

  @Test
  void tellsRunsApartBySymbols() {
    RewardCurve first = Curves.curve("first", Double.NaN, 0, -500, -400, -200, -100);
    RewardCurve second = Curves.curve("second", Double.NaN, 0, -500, -480, -500);

    assertEquals(
        """
          -100 ┤                                                 ●●●
               │                                           ●●●●●●
               │                                     ●●●●●●
          -200 ┤                                 ●●●●
               │                              ●●●
               │                           ●●●
          -300 ┤                         ●●
               │                      ●●●
               │                   ●●●
          -400 ┤               ●●●●
               │         ●●●●●●
               │   ●●●●●●      ○○○○○
          -500 ┤○○○○○○○○○○○○○○○     ○○○○○○○○○○○○○○○
               └┬────────┬───────┬────────┬───────┬────────┬───────┬
                0       500    1,000    1,500   2,000    2,500   3,000  steps
          ● first
          ○ second
          ░ 95 % confidence interval of the mean return
        """,
        TerminalPlot.text(List.of(first, second), 60));
  }

  @Test
  void saysWhatIsNotDrawn() {
    RewardCurve nothing = Curves.curve("nothing", 475, 0);
    RewardCurve broken = Curves.curve("broken", 475, 0, 20, Double.NaN, 30, Double.NaN);

    String text = TerminalPlot.text(List.of(nothing, broken), 80);

    assertTrue(text.contains("  ● nothing: no evaluations\n"), text);
    assertTrue(
        text.contains(
            "  ○ broken: 2 of its evaluations are not drawn, since their mean return is no"
                + " number\n"),
        text);
  }

  @Test
  void saysThatThereIsNothingToDraw() {
    assertEquals(
        "  Nothing to draw: there is no greedy evaluation yet.\n",
        TerminalPlot.text(List.of(Curves.curve("a", 475, 0)), 80));
    assertEquals(
        "  Nothing to draw: no evaluation has a mean return that is a number.\n",
        TerminalPlot.text(List.of(Curves.curve("a", 475, 0, Double.NaN)), 80));
  }

  @Test
  void drawsAnyNumbersInAnyWidth() {
    double[][] means = {{0}, {1e300, -1e300}, {5, 5, 5}, {1e-9, 2e-9}, {1e307}};
    for (double[] each : means) {
      for (int columns : new int[] {0, 40, 80, 1_000}) {
        String text = TerminalPlot.text(List.of(Curves.curve("a", 475, 0, each)), columns);
        assertTrue(text.contains("●"), text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 160), text);
      }
    }
  }
}
