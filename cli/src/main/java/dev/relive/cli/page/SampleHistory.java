package dev.relive.cli.page;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Samples of a whole run in a fixed space: whenever it is full, every second sample is forgotten
 * and from then on only half as many are taken. A page that is opened late so sees all of the run,
 * as finely as there is room for. For any thread.
 */
final class SampleHistory {

  private final double[] seconds;
  private final Map<Measure, double[]> columns = new EnumMap<>(Measure.class);
  private int size;
  private long stride = 1;
  private long offered;

  /**
   * An empty history.
   *
   * @param capacity how many samples it holds, an even number
   */
  SampleHistory(int capacity) {
    if (capacity < 2 || capacity % 2 != 0) {
      throw new IllegalArgumentException("The capacity is " + capacity + ", and must be even.");
    }
    seconds = new double[capacity];
    for (Measure measure : Measure.values()) {
      columns.put(measure, new double[capacity]);
    }
  }

  /** Takes a sample, or not: one of as many as there is room for. */
  synchronized void add(Sample sample) {
    boolean due = offered % stride == 0;
    offered++;
    if (!due) {
      return;
    }
    seconds[size] = sample.seconds();
    columns.forEach((measure, column) -> column[size] = sample.value(measure));
    size++;
    if (size == seconds.length) {
      halve();
    }
  }

  private void halve() {
    keepEverySecond(seconds);
    columns.values().forEach(SampleHistory::keepEverySecond);
    size /= 2;
    stride *= 2;
  }

  private static void keepEverySecond(double[] column) {
    for (int kept = 0; kept < column.length / 2; kept++) {
      column[kept] = column[2 * kept];
    }
  }

  synchronized int size() {
    return size;
  }

  /** All columns by the keys of the page's script; those that have no number at all left out. */
  synchronized Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("seconds", Arrays.copyOf(seconds, size));
    columns.forEach(
        (measure, column) -> {
          double[] taken = Arrays.copyOf(column, size);
          if (Arrays.stream(taken).anyMatch(Double::isFinite)) {
            json.put(measure.key(), taken);
          }
        });
    return json;
  }
}
