package dev.relive.dashboards;

import dev.relive.service.Meter;

/**
 * Pieces of queries. On a dashboard every selector names {@code $job} and, where the meter has one,
 * {@code $run}; which runs belong to {@code $environment} tells {@code relive_run_info}.
 */
final class PromQl {
  private static final String INFO = Meter.RUN_INFO.metricName();

  private PromQl() {}

  /** A meter of the chosen runs. */
  static String of(Meter meter) {
    return of(meter.metricName(), meter, "");
  }

  /** Some series of a meter. */
  static String of(Meter meter, String matchers) {
    return of(meter.metricName(), meter, matchers);
  }

  /** The samples of a summary or a histogram with a suffix. */
  static String of(Meter meter, Suffix suffix) {
    return of(meter.metricName() + suffix.text, meter, "");
  }

  private static String of(String name, Meter meter, String matchers) {
    String run = meter.labels().contains("run") ? ",run=~\"$run\"" : "";
    String more = matchers.isEmpty() ? "" : "," + matchers;
    return name + "{job=~\"$job\"" + run + more + "}";
  }

  /** What summaries and histograms are made of. */
  enum Suffix {
    SUM("_sum"),
    COUNT("_count"),
    BUCKET("_bucket");

    final String text;

    Suffix(String text) {
      this.text = text;
    }
  }

  static String rate(String counter) {
    return "rate(" + counter + "[$__rate_interval])";
  }

  /** A counter's rate for each run, all of its processes together. */
  static String rateByRun(Meter counter) {
    return sum("run", rate(of(counter)));
  }

  /** A gauge of each run, of which one process tells. */
  static String byRun(Meter gauge) {
    return max("run", of(gauge));
  }

  static String sum(String labels, String expression) {
    return "sum by (" + labels + ") (" + expression + ")";
  }

  static String max(String labels, String expression) {
    return "max by (" + labels + ") (" + expression + ")";
  }

  /** Leaves what belongs to a run of the chosen environments. */
  static String inEnvironment(String expression) {
    return expression + " and on (run) " + INFO + "{job=~\"$job\",environment=~\"$environment\"}";
  }

  /** Leaves what processes of the chosen runs tell of themselves. */
  static String ofTheirProcesses(String expression) {
    return expression
        + " and on (job, instance) "
        + INFO
        + "{job=~\"$job\",environment=~\"$environment\",run=~\"$run\"}";
  }

  /** A meter of processes, of those that work for the chosen runs. */
  static String process(String name, String... matchers) {
    String more = matchers.length == 0 ? "" : "," + String.join(",", matchers);
    return name + "{job=~\"$job\"" + more + "}";
  }
}
