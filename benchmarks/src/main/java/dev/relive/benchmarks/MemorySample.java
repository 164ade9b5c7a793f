package dev.relive.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Java process holds at a moment.
 *
 * @param residentMegabytes all of its memory that is in RAM
 * @param liveMegabytes objects that a full garbage collection leaves
 */
record MemorySample(double residentMegabytes, double liveMegabytes) {
  private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)\\s*");
  private static final double KILOBYTES = 1_024 / 1e6;
  private static final double BYTES = 1 / 1e6;

  /**
   * Collects a process's garbage, then looks.
   *
   * @throws IOException when there is no such Java process
   */
  static MemorySample of(long pid) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    List<String> histogram = lines(jcmd, Long.toString(pid), "GC.class_histogram");
    List<String> resident = lines("ps", "-o", "rss=", "-p", Long.toString(pid));
    return new MemorySample(
        Double.parseDouble(resident.get(0).strip()) * KILOBYTES, total(histogram) * BYTES);
  }

  /** The last line is: Total, number of objects, bytes. */
  private static double total(List<String> histogram) throws IOException {
    Matcher total = TOTAL.matcher(histogram.get(histogram.size() - 1));
    if (!total.matches()) {
      throw new IOException("jcmd gave no class histogram: " + histogram.get(0));
    }
    return Double.parseDouble(total.group(1));
  }

  private static List<String> lines(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines;
    try (var output = process.inputReader(UTF_8)) {
      lines = output.lines().toList();
    }
    if (process.waitFor() != 0 || lines.isEmpty()) {
      throw new IOException("`%s` failed: %s".formatted(String.join(" ", command), lines));
    }
    return lines;
  }
}
