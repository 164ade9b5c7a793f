package dev.relive.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code --print-config} prints: a line for each option, with its value and who stated it. */
final class PrintedConfig {

  private PrintedConfig() {}

  /** The values by the names of their options. */
  static Map<String, String> of(ReliveProgram.Said said) {
    assertEquals(0, said.exitCode(), said::toString);
    Map<String, String> values = new HashMap<>();
    said.out()
        .lines()
        .map(line -> List.of(line.split(" {2,}", -1)))
        .filter(cells -> cells.size() == 3)
        .forEach(cells -> values.put(cells.get(0), cells.get(1)));
    return values;
  }

  /** Runs the program with what a container tells it, and sees that all of that arrives. */
  static void assertUnderstood(Workload workload) throws Exception {
    ReliveProgram.Said said =
        ReliveProgram.run(workload.variables(), workload.wordsToPrintItsConfig());

    // A variable or an option that does not exist is said there.
    assertEquals("", said.err(), workload::name);
    Map<String, String> values = of(said);
    assertEquals("0.0.0.0", values.get("http-host"), workload.name());
    assertEquals(workload.port("http"), values.get("http-port"), workload.name());
    workload
        .variables()
        .forEach(
            (variable, value) -> {
              String option =
                  variable.substring("RELIVE_".length()).replace('_', '-').toLowerCase(Locale.ROOT);
              // A variable of all services need not be an option of each.
              assertTrue(
                  !values.containsKey(option) || value.equals(values.get(option)),
                  () -> "%s of %s is not %s: %s".formatted(variable, workload.name(), value, said));
            });
  }
}
