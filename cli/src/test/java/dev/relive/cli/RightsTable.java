package dev.relive.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The rights that docs/secured-clusters.md says a command needs. */
final class RightsTable {

  private static final Map<String, ResourceType> RESOURCES =
      Map.of(
          "topic", ResourceType.TOPIC,
          "group", ResourceType.GROUP,
          "transactional id", ResourceType.TRANSACTIONAL_ID);

  private RightsTable() {}

  /** As Kafka's rules for a user. */
  static List<AclBinding> of(String command, String user) throws IOException {
    List<AclBinding> rules = new ArrayList<>();
    Path page = Path.of(System.getProperty("relive.root"), "docs", "secured-clusters.md");
    for (String line : Files.readAllLines(page)) {
      String[] cells = line.split(" *\\| *", -1);
      if (line.startsWith("| `") && List.of(cells[1].split(", ")).contains("`" + command + "`")) {
        for (String right : cells[2].split(", ", -1)) {
          rules.add(rule(user, right, cells[3], cells[4].replace("`", "")));
        }
      }
    }
    return rules;
  }

  private static AclBinding rule(String user, String right, String resource, String name) {
    boolean prefix = name.endsWith("*");
    String words = right.replaceAll("([a-z])([A-Z])", "$1_$2");
    return new AclBinding(
        new ResourcePattern(
            RESOURCES.getOrDefault(resource, ResourceType.UNKNOWN),
            prefix ? name.substring(0, name.length() - 1) : name,
            prefix ? PatternType.PREFIXED : PatternType.LITERAL),
        new AccessControlEntry(
            "User:" + user, "*", AclOperation.fromString(words), AclPermissionType.ALLOW));
  }
}
