package dev.relive.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundRobinTest {

  @Test
  void contendersTakeTurnsAndOnlyTheLastRoundsCount() throws Exception {
    StringBuilder turns = new StringBuilder();
    List<RoundRobin.Turn<Double>> contenders = new ArrayList<>();
    for (char name : new char[] {'a', 'b', 'c'}) {
      contenders.add(
          () -> {
            turns.append(name);
            return (double) turns.length();
          });
    }
    Effort effort = new Effort(1, 3, 1, 1, 1, Duration.ofMillis(1), 1, false);
    List<Series> speeds = RoundRobin.measure(effort, contenders);
    assertEquals("abccbaabccba", turns.toString());
    assertEquals(
        List.of(
            new Series(List.of(6.0, 7.0, 12.0)),
            new Series(List.of(5.0, 8.0, 11.0)),
            new Series(List.of(4.0, 9.0, 10.0))),
        speeds);
  }
}
