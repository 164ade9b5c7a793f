package dev.relive.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How the memory of a process went on. The first third of the samples is its start and does not
 * count; of the rest, the halves are held against each other.
 *
 * @param process which one
 * @param samples in the order of time; at least three
 */
record MemoryTrend(String process, List<MemorySample> samples) {
  private static final double FLAT_PART = 0.05;
  private static final double FLAT_MEGABYTES = 5;

  MemoryTrend {
    samples = List.copyOf(samples);
  }

  /** What resident memory does. */
  Change resident() {
    return change(MemorySample::residentMegabytes);
  }

  /** What the live heap does. */
  Change live() {
    return change(MemorySample::liveMegabytes);
  }

  boolean isFlat() {
    return resident().isFlat() && live().isFlat();
  }

  private Change change(ToDoubleFunction<MemorySample> what) {
    double[] counted = samples.stream().skip(samples.size() / 3).mapToDouble(what).toArray();
    int half = counted.length / 2;
    return new Change(median(counted, 0, half), median(counted, half, counted.length));
  }

  private static double median(double[] values, int from, int to) {
    return Statistics.median(Arrays.copyOfRange(values, from, to));
  }

  /**
   * Medians in megabytes.
   *
   * @param early of the first half
   * @param late of the second half
   */
  record Change(double early, double late) {
    double growth() {
      return late - early;
    }

    /** Grows by less than a twentieth, or than a few megabytes. */
    boolean isFlat() {
      return growth() <= Math.max(FLAT_PART * early, FLAT_MEGABYTES);
    }

    private String text() {
      return String.format(Locale.ROOT, "%6.0f %6.0f %+6.1f", early, late, growth());
    }
  }

  /** A line for each process, in columns. */
  static String table(List<MemoryTrend> trends) {
    List<String> lines = new ArrayList<>();
    lines.add("             resident, MB           live heap, MB");
    lines.add("process       early   late growth   early   late growth  flat");
    for (MemoryTrend trend : trends) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-12s %s  %s  %s",
              trend.process(),
              trend.resident().text(),
              trend.live().text(),
              trend.isFlat() ? "yes" : "no"));
    }
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }
}
