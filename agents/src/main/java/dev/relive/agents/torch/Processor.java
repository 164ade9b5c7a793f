package dev.relive.agents.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What of a processor decides the last bits of floating-point results: libraries choose kernels by
 * its model and its vector instructions, and each kernel adds in an order of its own.
 *
 * @param model who made it, its family and its model
 * @param vectorInstructions sorted, separated by spaces
 */
record Processor(String model, String vectorInstructions) {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final String UNKNOWN = "unknown";

  /** What names a model on x86 and on ARM. */
  private static final List<String> MODEL_KEYS =
      List.of("vendor_id", "cpu family", "model", "CPU implementer", "CPU part", "CPU variant");

  private static final List<String> FLAG_KEYS = List.of("flags", "Features");

  private static final Pattern VECTOR_FLAG =
      Pattern.compile("(avx|amx|fma|f16c|sse4|asimd|sve|sme|bf16|i8mm).*");

  /** The processor that this runs on. */
  static Processor here() {
    try {
      return of(Files.isReadable(CPUINFO) ? Files.readAllLines(CPUINFO) : List.of());
    } catch (IOException e) {
      return of(List.of());
    }
  }

  /** The first processor of Linux's cpuinfo; where there is none, what Java knows. */
  static Processor of(List<String> cpuinfo) {
    StringBuilder model = new StringBuilder();
    TreeSet<String> flags = new TreeSet<>();
    for (String line : cpuinfo) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        break; // the next processor's entry begins
      }
      String key = line.substring(0, colon).strip();
      String value = line.substring(colon + 1).strip();
      if (MODEL_KEYS.contains(key)) {
        model.append(key.equals("vendor_id") ? value : " " + key + " " + value);
      } else if (FLAG_KEYS.contains(key)) {
        flags.addAll(List.of(value.split(" ", -1)));
      }
    }
    flags.removeIf(flag -> !VECTOR_FLAG.matcher(flag).matches());
    return new Processor(
        model.isEmpty() ? systemName() : model.toString().strip(),
        flags.isEmpty() ? UNKNOWN : String.join(" ", flags));
  }

  private static String systemName() {
    return System.getProperty("os.name", UNKNOWN) + " " + System.getProperty("os.arch", UNKNOWN);
  }

  /** Its two properties by their names. */
  Map<String, String> byName() {
    return Map.of("processor", model, "vector-instructions", vectorInstructions);
  }
}
