package dev.relive.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The users that Strimzi makes have the rights of docs/secured-clusters.md, which are tested. */
final class UsersTest {

  @ParameterizedTest
  @CsvSource({
    "components/strimzi/users.yaml, relive-learner,   learn,    ''",
    "components/strimzi/users.yaml, relive-producers, produce,  ''",
    "components/strimzi/users.yaml, relive-evaluator, evaluate, ''",
    "overlays/offline/user.yaml,    relive-replay,    learn,    evaluate"
  })
  void haveTheRightsOfTheirCommandButForCreatingRelivesTopics(
      String file, String user, String command, String another) {
    Set<String> wanted = new TreeSet<>(rights(command));
    wanted.addAll(rights(another));
    // Topics are Strimzi's to make, but for those that Kafka Streams makes for itself.
    wanted.remove("Create topic relive.*");
    if (!another.isEmpty()) {
      wanted.removeIf(right -> right.contains("episodes")); // A replay has none of its own.
    }

    Set<String> there = new TreeSet<>();
    Checkout.objects(file).stream()
        .filter(object -> object.name().equals(user))
        .flatMap(object -> object.at("spec", "authorization", "acls").items())
        .forEach(acl -> addTo(there, acl));

    assertEquals(wanted, there);
  }

  private static void addTo(Set<String> rights, YamlNode acl) {
    YamlNode resource = acl.at("resource");
    String star = resource.at("patternType").text().equals("prefix") ? "*" : "";
    acl.at("operations")
        .texts()
        .forEach(
            operation ->
                rights.add(
                    "%s %s %s%s"
                        .formatted(
                            operation,
                            resource.at("type").text(),
                            resource.at("name").text(),
                            star)));
  }

  /** A command's rows of the table. */
  private static Set<String> rights(String command) {
    Set<String> rights = new TreeSet<>();
    Checkout.text("docs/secured-clusters.md")
        .lines()
        .filter(line -> line.startsWith("| `" + command + "` "))
        .map(line -> line.split(" *\\| *", -1))
        .forEach(
            cells ->
                Stream.of(cells[2].split(", ", -1))
                    .map(
                        right ->
                            "%s %s %s"
                                .formatted(
                                    right,
                                    cells[3].replace("transactional id", "transactionalId"),
                                    cells[4].replace("`", "")))
                    .forEach(rights::add));
    return rights;
  }
}
