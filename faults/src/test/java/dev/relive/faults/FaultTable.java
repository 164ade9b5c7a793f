package dev.relive.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What all tests found, as one table: printed after the last of them, and written to {@code
 * target/faults.txt}.
 */
final class FaultTable implements AutoCloseable {
  private static final String HEAD =
      """
                                                                                              recovery, s
      fault                                times  acknowledged  lost  duplicated  in doubt  median  worst\
      """;

  private final List<String> rows = new ArrayList<>();

  /** The most that each kind of process had in RAM, and its bound, in megabytes. */
  private final Map<String, Double> peaks = new TreeMap<>();

  private final Map<String, Integer> bounds = new TreeMap<>();

  /**
   * Adds a fault.
   *
   * @param found what was found while it struck
   */
  synchronized void add(String fault, Recoveries recoveries, Audit found) {
    rows.add(
        String.format(
            Locale.ROOT,
            "%-36s %5d %,13d %5d %11d %9d %7.1f %6.1f",
            fault,
            recoveries.times(),
            found.acknowledged(),
            found.lost(),
            found.duplicated(),
            found.inDoubt(),
            recoveries.median(),
            recoveries.worst()));
  }

  /** Adds how much memory a process had at most, for the lines below the table. */
  synchronized void addMemory(String process, double peakMegabytes, int bound) {
    peaks.merge(process, peakMegabytes, Math::max);
    bounds.put(process, bound);
  }

  @Override
  public synchronized void close() throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    rows.sort(null);
    List<String> lines = new ArrayList<>(HEAD.lines().toList());
    lines.addAll(rows);
    peaks.forEach(
        (process, peak) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "memory of the %s: at most %.0f MB, bound %d MB",
                    process,
                    peak,
                    bounds.get(process))));
    System.out.println(String.join(System.lineSeparator(), lines));
    Files.write(Files.createDirectories(Path.of("target")).resolve("faults.txt"), lines, UTF_8);
  }

  /** Gives all tests of a build the same table. */
  static final class OfBuild implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      return parameter.getParameter().getType() == FaultTable.class;
    }

    @Override
    public FaultTable resolveParameter(ParameterContext parameter, ExtensionContext test) {
      return test.getRoot()
          .getStore(Namespace.create(FaultTable.class))
          .computeIfAbsent(FaultTable.class, key -> new FaultTable(), FaultTable.class);
    }
  }
}
