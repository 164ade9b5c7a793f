package dev.relive.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the recipes of images and containers say, held against the rest of the checkout. */
final class ImageFilesTest {

  private static List<String> all(String file, String pattern) {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(Checkout.text(file))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  @Test
  void versionsAreTheProgramsOwn() {
    assertEquals(List.of(Checkout.version()), all(".env", "^IMAGE_VERSION=(.*)$"));
    assertEquals(
        List.of(Checkout.version()),
        all("docker-bake.hcl", "\"IMAGE_VERSION\" \\{ default = \"(.*)\" }"));
  }

  @Test
  void basesAndImagesOfOthersHaveExactTags() {
    List<String> bases = all("containers/Dockerfile", "^ARG [A-Z]+_IMAGE=(.*)$");
    List<String> others = all("docker-compose.yml", "^    image: ([^$].*)$");

    assertEquals(3, bases.size());
    assertEquals(3, others.size());
    for (List<String> images : List.of(bases, others)) {
      for (String image : images) {
        assertTrue(image.matches(".+:.*\\d+\\.\\d+\\.\\d+.*|.+-\\d{8}-slim"), image);
      }
    }
  }

  @Test
  void cudaIsOfTheSamePyTorch() {
    String pytorch = Checkout.found("pom.xml", "<djl.pytorch-native.version>([^<]+)<");

    assertTrue(
        Checkout.found("containers/Dockerfile", "ARG CUDA_IMAGE=(.*)")
            .startsWith("pytorch/pytorch:" + pytorch + "-cuda12.8-"));
  }

  @Test
  void kafkaIsTheOneThatTheProgramIsTestedWith() {
    String kafka = Checkout.found("pom.xml", "<kafka.version>([^<]+)<");

    assertTrue(Checkout.text("docker-compose.yml").contains("image: apache/kafka:" + kafka + "\n"));
  }

  @Test
  void everyPortIsOfThisMachineAlone() {
    List<String> ports = all("docker-compose.yml", "ports: \\[\"([^\"]*)\"]");

    assertEquals(3, ports.size());
    for (String port : ports) {
      assertTrue(port.startsWith("127.0.0.1:"), port);
    }
  }
}
