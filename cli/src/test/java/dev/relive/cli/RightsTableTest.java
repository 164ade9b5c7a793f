package dev.relive.cli;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RightsTableTest {

  @ParameterizedTest
  @CsvSource({"learn, learner", "produce, producer", "evaluate, evaluator"})
  void isWhatTheCommandsOfItsPageSay(String command, String user) throws IOException {
    Set<String> table =
        RightsTable.of(command, user).stream()
            .map(
                rule ->
                    right(
                        rule.entry().operation().name(),
                        rule.pattern().resourceType().name(),
                        rule.pattern().name(),
                        rule.pattern().patternType().name()))
            .collect(toCollection(TreeSet::new));

    assertEquals(table, commands(user));
  }

  /** The rights that the lines add which follow the one with the user's name. */
  private static Set<String> commands(String user) throws IOException {
    List<String> lines =
        Files.readAllLines(
            Path.of(System.getProperty("relive.root"), "docs", "secured-clusters.md"));
    int first = 0;
    while (!lines.get(first).endsWith("--allow-principal User:" + user + "\"")) {
      first++;
    }
    Set<String> rights = new TreeSet<>();
    for (int i = first + 1; lines.get(i).startsWith("$acls "); i++) {
      addTo(rights, List.of(lines.get(i).split(" ", -1)));
    }
    return rights;
  }

  private static void addTo(Set<String> rights, List<String> words) {
    String type = words.contains("prefixed") ? "prefixed" : "literal";
    for (String resource : List.of("topic", "group", "transactional-id")) {
      for (String name : values("--" + resource, words)) {
        for (String operation : values("--operation", words)) {
          rights.add(right(operation, resource, name, type));
        }
      }
    }
  }

  private static List<String> values(String option, List<String> words) {
    List<String> values = new ArrayList<>();
    for (int i = 1; i < words.size(); i++) {
      if (words.get(i - 1).equals(option)) {
        values.add(words.get(i));
      }
    }
    return values;
  }

  private static String right(String operation, String resource, String name, String type) {
    return "%s %s %s %s".formatted(plain(operation), plain(resource), name, plain(type));
  }

  private static String plain(String word) {
    return word.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
  }
}
