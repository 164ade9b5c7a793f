package dev.relive.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout that is tested. */
final class Checkout {

  static final Path ROOT = Path.of(System.getProperty("relive.root"));
  static final Path MANIFESTS = ROOT.resolve("k8s");

  private Checkout() {}

  static String text(String file) {
    return text(ROOT.resolve(file));
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The Kubernetes objects of a file below {@code k8s/}. */
  static List<YamlNode> objects(String file) {
    return YamlNode.documents(text(MANIFESTS.resolve(file)));
  }

  /** Every YAML file below {@code k8s/}. */
  static List<Path> yamlFiles() throws IOException {
    try (Stream<Path> files = Files.walk(MANIFESTS)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  /** The overlays by name. */
  static List<String> overlays() throws IOException {
    try (Stream<Path> directories = Files.list(MANIFESTS.resolve("overlays"))) {
      return directories
          .map(directory -> String.valueOf(directory.getFileName()))
          .sorted()
          .toList();
    }
  }

  /**
   * What a generator of a kustomization puts into the ConfigMap of this name, {@code KEY=value}.
   */
  static List<String> literals(String kustomization, String configMap) {
    return objects(kustomization)
        .get(0)
        .at("configMapGenerator")
        .items()
        .filter(generator -> generator.at("name").text().equals(configMap))
        .flatMap(generator -> generator.at("literals").texts().stream())
        .toList();
  }
}
