package dev.relive.service;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Shows meters of the JVM and of Kafka clients as Prometheus wants them: times in seconds, names
 * without reserved endings. What can be derived from a counter, such as Kafka's own rates, is left
 * out, and so is what Kafka Streams tells of single partitions.
 *
 * <pre>
 *   kafka.producer.flush.time.ns.total     kafka_producer_flush_time_seconds_total
 *   kafka.consumer.fetch.latency.avg       kafka_consumer_fetch_latency_avg_seconds
 *   kafka.producer.connection.count        kafka_producer_connections
 *   process.cpu.time                       process_cpu_seconds_total
 * </pre>
 */
final class BaseUnits extends PrometheusMeterRegistry {
  private static final String SECONDS = "seconds";
  private static final double SECONDS_PER_NANOSECOND = 1e-9;
  private static final double SECONDS_PER_MILLISECOND = 1e-3;

  private static final String NANOSECONDS_TOTAL = ".ns.total";
  private static final Pattern CLIENT_TIME =
      Pattern.compile(
          "kafka\\.(consumer|producer|admin|stream)\\..*(latency|time|poll)\\.(avg|max)");
  private static final Pattern DERIVED =
      Pattern.compile(
          "kafka\\..*(\\.rate|\\.rate\\.per\\.hour|\\.ns\\.avg|\\.time\\.ms|latency\\.total)");

  /** What Kafka Streams tells of every partition and every store of it, and of its settings. */
  private static final Pattern FINE =
      Pattern.compile(
          "kafka\\.stream\\.("
              + "(task|topic|processor\\.node|record\\.cache|state(?!\\.updater))\\..*"
              + "|recording\\.level|thread\\.thread\\.start\\.time)");

  /** New with every start, so a metric that had it would be new too. */
  private static final String PROCESS = "process.id";

  BaseUnits(PrometheusRegistry registry) {
    super(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
    config().meterFilter(new Names());
  }

  /** What names become. What has the unit of seconds afterwards is converted when it is read. */
  private static final class Names implements MeterFilter {
    @Override
    public MeterFilterReply accept(Meter.Id id) {
      String name = id.getName();
      return DERIVED.matcher(name).matches() || FINE.matcher(name).matches()
          ? MeterFilterReply.DENY
          : MeterFilterReply.NEUTRAL;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
      String name = id.getName();
      if (name.equals("process.cpu.time")) {
        return inSeconds(id, "process.cpu");
      }
      if (name.equals("system.cpu.count")) {
        return id.withName("system.cpus");
      }
      return name.startsWith("kafka.") ? described(client(id)) : id;
    }

    private static Meter.Id client(Meter.Id id) {
      String name = id.getName();
      if (name.endsWith(NANOSECONDS_TOTAL)) {
        return inSeconds(id, name.substring(0, name.length() - NANOSECONDS_TOTAL.length()));
      }
      if (CLIENT_TIME.matcher(name).matches()) {
        return inSeconds(id, name);
      }
      return name.endsWith(".connection.count")
          ? id.withName(name.replace(".connection.count", ".connections"))
          : id;
    }

    private static Meter.Id inSeconds(Meter.Id id, String name) {
      return id.withName(name).withBaseUnit(SECONDS);
    }

    /** Kafka leaves the description of some empty. */
    private static Meter.Id described(Meter.Id id) {
      String description = id.getDescription();
      String told =
          description != null && !description.isEmpty()
              ? description
              : "Of the Kafka client: " + id.getName().replace('.', ' ') + ".";
      List<Tag> tags = id.getTags().stream().filter(tag -> !tag.getKey().equals(PROCESS)).toList();
      return new Meter.Id(id.getName(), Tags.of(tags), id.getBaseUnit(), told, id.getType());
    }
  }

  @Override
  protected <T> FunctionCounter newFunctionCounter(
      Meter.Id id, T object, ToDoubleFunction<T> count) {
    return super.newFunctionCounter(id, object, converted(id, count, SECONDS_PER_NANOSECOND));
  }

  @Override
  protected <T> Gauge newGauge(Meter.Id id, @Nullable T object, ToDoubleFunction<T> value) {
    return super.newGauge(
        id,
        object,
        id.getName().startsWith("kafka.") ? converted(id, value, SECONDS_PER_MILLISECOND) : value);
  }

  private static <T> ToDoubleFunction<T> converted(
      Meter.Id id, ToDoubleFunction<T> value, double seconds) {
    return SECONDS.equals(id.getBaseUnit())
        ? object -> value.applyAsDouble(object) * seconds
        : value;
  }
}
