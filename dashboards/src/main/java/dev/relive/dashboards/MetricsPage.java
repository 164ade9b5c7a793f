package dev.relive.dashboards;

import dev.relive.service.Meter;
import java.util.Locale;
import java.util.function.Predicate;

/** The text of {@code docs/metrics.md}. */
final class MetricsPage {
  private static final String BEGINNING =
      """
      # Metrics

      Every process tells its metrics at `/metrics` of its HTTP port: `relive train` and `relive learn` at 9464, `relive
      produce` at 9465, `relive evaluate` at 9466, `relive broker` at 9467, unless `--http-port` says otherwise. This page is
      generated from the catalogue (`service-kit/.../Meter.java`) from which the services register them, and a test keeps it
      current.

      A step is a transition of an environment. Times are in seconds, sizes in bytes. What happened at some time is told as
      that time, `…_timestamp_seconds`: its age is `time() - …`. A gauge is absent while there is nothing to tell, so that
      NaN means that a number was NaN. Labels are few and bounded; an episode, a lane or a policy version is never one.

      | label | is |
      |---|---|
      | `run` | the run's id |
      | `actor` | a producer's name |
      | `reason` | `policy`, `version` or `credit`: what a producer waits for; of a rejected record, `foreign`, `unexpected-kind`, `future-format`, `corrupt` or `invalid` |
      | `end` | `terminated`, `truncated` or `abandoned`: how an episode ended |
      | `label`, `environment`, `algorithm` | of the run, in `relive_run_info` alone |
      | `topic`, `partition` | of the embedded Kafka |

      To see a meter by environment, join it with the run's facts:

          max by (run) (relive_evaluator_return_mean)
            * on (run) group_left (environment) max by (run, environment) (relive_run_info)
      """;

  private static final String END =
      """

      ## The JVM and Kafka clients

      Micrometer tells of the JVM (`jvm_…`), the process (`process_…`), the machine (`system_…`) and of every Kafka client of
      the process (`kafka_producer_…`, `kafka_consumer_…`, `kafka_admin_client_…`, by `client_id`; in an evaluator
      `kafka_stream_…`, by `thread_id`). Names and units are as Prometheus wants them: what counts is a counter and ends in
      `_total`, times are in seconds. Kafka's own rates are left out: `rate()` of the counter beside each of them is exact over
      any time.
      """;

  private MetricsPage() {}

  static String text() {
    StringBuilder text = new StringBuilder(BEGINNING);
    section(text, "All processes", name -> name.startsWith("RUN_") || name.startsWith("PROCESS_"));
    section(text, "Producers", name -> name.startsWith("PRODUCER_"));
    section(text, "Learner", name -> name.startsWith("LEARNER_"));
    section(text, "Evaluator", name -> name.startsWith("EVALUATOR_"));
    section(text, "Episodes of training", name -> name.startsWith("EPISODES_"));
    section(text, "Embedded Kafka", name -> name.startsWith("BROKER_"));
    return text.append(END).toString();
  }

  private static void section(StringBuilder text, String title, Predicate<String> belongs) {
    text.append("\n## ").append(title).append("\n\n");
    text.append("| name | type | unit | labels | meaning |\n|---|---|---|---|---|\n");
    for (Meter meter : Meter.values()) {
      if (belongs.test(meter.name())) {
        text.append(
            "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                    meter.metricName(),
                    meter.type().name().toLowerCase(Locale.ROOT),
                    meter.unit(),
                    String.join(", ", meter.labels()),
                    meter.help().replace("|", "\\|")));
      }
    }
  }
}
