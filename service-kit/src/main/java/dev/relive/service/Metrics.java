package dev.relive.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * The metrics of one process. A service registers its own, which the catalogue {@link Meter} lists,
 * in a class of its own, with {@link Meters}; those of the JVM and of Kafka clients, which
 * Micrometer knows, join them here.
 */
public final class Metrics implements AutoCloseable {

  /** Kafka clients add metrics as they meet topics and nodes: how often to look for new ones. */
  public static final Duration REFRESH = Duration.ofSeconds(5);

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final MeterRegistry meters = new BaseUnits(registry);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
  private final ScheduledExecutorService refresher =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "kafka-metrics-refresh");
            thread.setDaemon(true);
            return thread;
          });

  public Metrics() {
    new JvmMemoryMetrics().bindTo(meters);
    garbageCollection.bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ClassLoaderMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new FileDescriptorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    new Meters(registry)
        .gauge(
            Meter.PROCESS_RESIDENT_MEMORY_BYTES,
            gauge -> ResidentMemory.bytes().ifPresent(gauge::call));
  }

  /** Where metrics are declared, and what {@code /metrics} shows. */
  public PrometheusRegistry registry() {
    return registry;
  }

  /** Where Micrometer's binders for other libraries put their meters: the same registry. */
  public MeterRegistry meters() {
    return meters;
  }

  /** The thread by which those binders look for new meters that have to do so. */
  public ScheduledExecutorService refresher() {
    return refresher;
  }

  /** Shows a producer's own metrics until closed, which comes before closing the producer. */
  public Binding bind(Producer<?, ?> producer) {
    return bind(new KafkaClientMetrics(producer, List.of(), refresher, REFRESH));
  }

  /** Shows a consumer's own metrics until closed, which comes before closing the consumer. */
  public Binding bind(Consumer<?, ?> consumer) {
    return bind(new KafkaClientMetrics(consumer, List.of(), refresher, REFRESH));
  }

  private Binding bind(KafkaClientMetrics client) {
    client.bindTo(meters);
    return client::close;
  }

  @Override
  public void close() {
    refresher.shutdownNow();
    garbageCollection.close();
    meters.close();
  }

  /** Metrics that are shown until it is closed. */
  public interface Binding extends AutoCloseable {
    @Override
    void close();
  }
}
