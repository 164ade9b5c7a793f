package dev.relive.dashboards;

import static dev.relive.dashboards.PromQl.ofTheirProcesses;
import static dev.relive.dashboards.PromQl.process;
import static dev.relive.dashboards.PromQl.rate;
import static dev.relive.dashboards.PromQl.sum;

import dev.relive.dashboards.Dashboard.Row;
import dev.relive.service.Meter;
import java.util.List;

/** How the processes are. */
final class Services {
  private static final String INSTANCE = "{{instance}}";
  private static final String CLIENT = "{{instance}} {{client_id}}";

  private Services() {}

  static Dashboard dashboard() {
    return new Dashboard(
        "services",
        "Relive: services",
        "How the processes are: CPU, JVM, native memory, Kafka clients, GPU.",
        List.of(processes(), jvm(), producers(), consumers(), gpu()));
  }

  private static Row processes() {
    return new Row(
        "Processes",
        Panel.lines("CPU", "short", "Cores that each process uses.")
            .query(ofTheirProcesses(rate(process("process_cpu_seconds_total"))), INSTANCE),
        Panel.lines(
                "Resident memory",
                "bytes",
                "Memory of the process with all native libraries, PyTorch's tensors included.")
            .query(ofTheirProcesses(PromQl.of(Meter.PROCESS_RESIDENT_MEMORY_BYTES)), INSTANCE),
        Panel.lines("Machine's CPU", "percentunit", "How busy the machine is, whoever keeps it so.")
            .query(ofTheirProcesses(process("system_cpu_usage")), INSTANCE),
        Panel.lines("Open files", "short", "Files and sockets, and how many there may be.")
            .query(ofTheirProcesses(process("process_files_open_files")), INSTANCE + " open")
            .query(ofTheirProcesses(process("process_files_max_files")), INSTANCE + " most"),
        Panel.lines("Uptime", "s", "Time since the process started.")
            .query(ofTheirProcesses(process("process_uptime_seconds")), INSTANCE),
        Panel.lines("Threads", "short", "Live threads of the JVM.")
            .query(ofTheirProcesses(process("jvm_threads_live_threads")), INSTANCE));
  }

  private static Row jvm() {
    String heap = "area=\"heap\"";
    return new Row(
        "JVM",
        Panel.lines("Heap", "bytes", "Used and largest possible heap.")
            .query(ofTheirProcesses(byInstance(process("jvm_memory_used_bytes", heap))), INSTANCE)
            .query(
                ofTheirProcesses(byInstance(process("jvm_memory_max_bytes", heap))),
                INSTANCE + " most")
            .edges("most"),
        Panel.lines(
                "Native memory of the JVM",
                "bytes",
                "What the JVM holds outside the heap, and its direct buffers.")
            .query(
                ofTheirProcesses(byInstance(process("jvm_memory_used_bytes", "area=\"nonheap\""))),
                INSTANCE + " non-heap")
            .query(
                ofTheirProcesses(process("jvm_buffer_memory_used_bytes", "id=\"direct\"")),
                INSTANCE + " direct buffers"),
        Panel.lines(
                "Garbage collection", "percentunit", "Part of the time that collections stop all.")
            .query(
                ofTheirProcesses(byInstance(rate(process("jvm_gc_pause_seconds_sum")))), INSTANCE),
        Panel.lines("Allocation", "Bps", "Heap allocated per second.")
            .query(
                ofTheirProcesses(rate(process("jvm_gc_memory_allocated_bytes_total"))), INSTANCE),
        Panel.lines("Longest collection", "s", "Longest pause of the last minutes.")
            .query(
                ofTheirProcesses(PromQl.max("job, instance", process("jvm_gc_pause_seconds_max"))),
                INSTANCE));
  }

  private static String byInstance(String expression) {
    return sum("job, instance", expression);
  }

  private static Row producers() {
    return new Row(
        "Kafka producers",
        Panel.lines("Records sent", "ops", "Records per second.")
            .query(ofTheirProcesses(rate(process("kafka_producer_record_send_total"))), CLIENT),
        Panel.lines("Request latency", "s", "Mean time until Kafka answers.")
            .query(ofTheirProcesses(process("kafka_producer_request_latency_avg_seconds")), CLIENT),
        Panel.lines("Errors and retries", "ops", "Records per second that failed or were repeated.")
            .query(
                ofTheirProcesses(rate(process("kafka_producer_record_error_total"))),
                CLIENT + " errors")
            .query(
                ofTheirProcesses(rate(process("kafka_producer_record_retry_total"))),
                CLIENT + " retries"),
        Panel.lines("Bytes sent", "Bps", "To all nodes, compressed.")
            .query(ofTheirProcesses(rate(process("kafka_producer_outgoing_byte_total"))), CLIENT),
        Panel.lines("Buffer", "bytes", "Memory for records that is free.")
            .query(ofTheirProcesses(process("kafka_producer_buffer_available_bytes")), CLIENT),
        Panel.lines("Compression", "percentunit", "Compressed size by uncompressed size.")
            .query(ofTheirProcesses(process("kafka_producer_compression_rate_avg")), CLIENT));
  }

  private static Row consumers() {
    return new Row(
        "Kafka consumers",
        Panel.lines("Records read", "ops", "Records per second.")
            .query(
                ofTheirProcesses(
                    sum(
                        "job, instance, client_id",
                        rate(process("kafka_consumer_fetch_manager_records_consumed_total")))),
                CLIENT),
        Panel.lines("Lag", "short", "Largest lag of a consumer's partitions, in records.")
            .query(
                ofTheirProcesses(process("kafka_consumer_fetch_manager_records_lag_max")), CLIENT),
        Panel.lines("Fetch latency", "s", "Mean time of a fetch, waiting for data included.")
            .query(
                ofTheirProcesses(process("kafka_consumer_fetch_manager_fetch_latency_avg_seconds")),
                CLIENT),
        Panel.lines("Connections", "short", "Open connections of consumers.")
            .query(ofTheirProcesses(process("kafka_consumer_connections")), CLIENT),
        Panel.lines("Bytes read", "Bps", "From all nodes, compressed.")
            .query(ofTheirProcesses(rate(process("kafka_consumer_incoming_byte_total"))), CLIENT),
        Panel.lines("Polling", "percentunit", "Part of the time in which nothing was asked for.")
            .query(ofTheirProcesses(process("kafka_consumer_poll_idle_ratio_avg")), CLIENT));
  }

  /** Of NVIDIA's DCGM exporter, whatever its job is called. */
  private static Row gpu() {
    String exporter = "{job=~\"$job|.*dcgm.*\"}";
    return new Row(
        "GPU",
        Panel.lines(
                "GPU", "percent", "How busy each GPU is, by NVIDIA's DCGM exporter (may be empty).")
            .query("DCGM_FI_DEV_GPU_UTIL" + exporter, "{{Hostname}} {{gpu}}"),
        Panel.lines(
                "GPU memory", "decmbytes", "Used memory, by NVIDIA's DCGM exporter (may be empty).")
            .query("DCGM_FI_DEV_FB_USED" + exporter, "{{Hostname}} {{gpu}}"),
        Panel.lines("GPU power", "watt", "By NVIDIA's DCGM exporter (may be empty).")
            .query("DCGM_FI_DEV_POWER_USAGE" + exporter, "{{Hostname}} {{gpu}}"));
  }
}
