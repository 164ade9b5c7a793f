package dev.relive.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
      "fault                                  times  acknowledged  lost  duplicated  recovery, s: median   worst";
  private static final String ROW = "%-38s %5d %,13d %5d %11d %20.1f %7.1f";

  private final List<String> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * Adds a fault.
   *
   * @param found what was found while it struck
   */
  synchronized void add(String fault, Recoveries recoveries, Audit found) {
    rows.add(
        String.format(
            Locale.ROOT,
            ROW,
            fault,
            recoveries.times(),
            found.acknowledged(),
            found.lost(),
            found.duplicated(),
            recoveries.median(),
            recoveries.worst()));
  }

  /** Adds a sentence below the table. */
  synchronized void note(String format, Object... values) {
    notes.add(String.format(Locale.ROOT, format, values));
  }

  @Override
  public synchronized void close() throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    rows.sort(null);
    notes.sort(null);
    List<String> lines = new ArrayList<>(List.of(HEAD));
    lines.addAll(rows);
    lines.add("");
    lines.addAll(notes);
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
