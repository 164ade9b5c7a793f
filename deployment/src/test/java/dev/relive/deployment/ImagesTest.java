package dev.relive.deployment;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The images that the manifests name are those that are built here. */
final class ImagesTest {

  private static final Pattern VERSION =
      Pattern.compile("<artifactId>relive</artifactId>\\s*<version>([^<]+)</version>");
  private static final Pattern IMAGE = Pattern.compile("\\brelive/[a-z-]+");

  private static Map<String, String> tags(String component) {
    Map<String, String> tags = new TreeMap<>();
    Checkout.objects("components/" + component + "/kustomization.yaml")
        .get(0)
        .at("images")
        .items()
        .forEach(image -> tags.put(image.at("name").text(), image.at("newTag").text()));
    return tags;
  }

  @Test
  void areOfTheVersionOfTheProgram() {
    Matcher version = VERSION.matcher(Checkout.text("pom.xml"));
    assertTrue(version.find());
    String tag = version.group(1);

    assertEquals(
        Map.of("relive/learner", tag, "relive/producers", tag, "relive/evaluator", tag),
        tags("images"));
    assertEquals(Map.of("relive/learner", tag + "-cuda"), tags("gpu"));
  }

  @Test
  void haveATagInOnePlace() throws IOException {
    Set<String> untagged = new TreeSet<>();
    for (Path file : Checkout.yamlFiles()) {
      Checkout.text(file)
          .lines()
          .map(String::strip)
          .filter(line -> line.startsWith("image: relive/"))
          .forEach(untagged::add);
    }
    assertEquals(
        Set.of("image: relive/learner", "image: relive/producers", "image: relive/evaluator"),
        untagged);
  }

  @Test
  void areBuilt() {
    List<Path> recipes =
        List.of("docker-bake.hcl", "docker-compose.yml", "compose.yaml").stream()
            .map(Checkout.ROOT::resolve)
            .filter(Files::exists)
            .toList();
    if (recipes.isEmpty()) {
      abort("Neither docker-bake.hcl nor a compose file says which images are built.");
    }
    Set<String> built =
        recipes.stream()
            .flatMap(recipe -> IMAGE.matcher(Checkout.text(recipe)).results())
            .map(result -> result.group())
            .collect(toCollection(TreeSet::new));
    Set<String> missing = new TreeSet<>(tags("images").keySet());
    missing.removeAll(built);

    assertEquals(Set.of(), missing);
  }
}
