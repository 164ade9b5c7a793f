package dev.relive.cli;

import static java.util.stream.Collectors.joining;

import dev.relive.cli.display.Numbers;
import dev.relive.environments.Environment;
import java.util.Arrays;
import java.util.stream.IntStream;

/** What to do next: a row of an action space. */
sealed interface Action {

  /** Does it. */
  Environment.Step in(Environment environment);

  /** A row of integers. */
  @SuppressWarnings("ArrayRecordComponent") // to be done, not to be compared
  record Integers(int... row) implements Action {

    @Override
    public Environment.Step in(Environment environment) {
      return environment.step(row);
    }

    @Override
    public String toString() {
      return Arrays.stream(row).mapToObj(Integer::toString).collect(joining(" "));
    }
  }

  /** A row of floats. */
  @SuppressWarnings("ArrayRecordComponent") // to be done, not to be compared
  record Floats(float... row) implements Action {

    @Override
    public Environment.Step in(Environment environment) {
      return environment.step(row);
    }

    @Override
    public String toString() {
      return IntStream.range(0, row.length)
          .mapToObj(i -> Numbers.decimal(row[i]))
          .collect(joining(" "));
    }
  }
}
