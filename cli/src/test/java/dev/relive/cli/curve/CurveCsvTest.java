package dev.relive.cli.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CurveCsvTest {

  @Test
  void writesEveryEvaluationWithItsStatistics() {
    RewardCurve curve =
        new RewardCurve(
            "run-1",
            "a \"b\", c",
            "name",
            List.of(
                Curves.greedy(3, 1_000, 20, 0),
                Curves.stochastic(3, 1_000, 18),
                Curves.greedy(7, 2_000, Double.NaN, 0)),
            475);

    assertEquals(
        """
        run,label,version,steps,greedy,episodes,mean,median,min,max,standard_deviation,confidence_low,confidence_high
        run-1,"a ""b"", c",3,1000,true,3,20.0,20.0,20.0,20.0,0.0,20.0,20.0
        run-1,"a ""b"", c",3,1000,false,3,18.0,18.0,18.0,18.0,0.0,18.0,18.0
        run-1,"a ""b"", c",7,2000,true,3,NaN,NaN,NaN,NaN,NaN,NaN,NaN
        """,
        CurveCsv.text(List.of(curve)));
  }

  @Test
  void isAHeaderWhereNothingIsEvaluated() {
    assertEquals(1, CurveCsv.text(List.of(Curves.curve("a", 1, 0))).lines().count());
  }
}
