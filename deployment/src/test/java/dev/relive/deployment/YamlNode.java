package dev.relive.deployment;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A place in a YAML document.
 *
 * @param value a map, a list, a scalar, or null where there is nothing
 */
record YamlNode(@Nullable Object value) {

  /** Every document of a text, in which no key comes twice. */
  static List<YamlNode> documents(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setCodePointLimit(Integer.MAX_VALUE);
    List<YamlNode> documents = new ArrayList<>();
    new Yaml(new SafeConstructor(options))
        .loadAll(text)
        .forEach(document -> documents.add(new YamlNode(document)));
    return documents;
  }

  /** What stands at the end of a path of keys. */
  YamlNode at(String... path) {
    Object found = value;
    for (String key : path) {
      found = found instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return new YamlNode(found);
  }

  boolean isThere() {
    return value != null;
  }

  String text() {
    return requireNonNull(value, "nothing stands there").toString();
  }

  /** The elements of a list; none where there is nothing. */
  Stream<YamlNode> items() {
    return value == null ? Stream.of() : ((List<?>) value).stream().map(YamlNode::new);
  }

  List<String> texts() {
    return items().map(YamlNode::text).toList();
  }

  /** The keys of a map; none where there is nothing. */
  List<String> keys() {
    return value == null
        ? List.of()
        : ((Map<?, ?>) value).keySet().stream().map(String::valueOf).toList();
  }

  /** A Kubernetes object's kind. */
  String kind() {
    return at("kind").text();
  }

  /** A Kubernetes object's name. */
  String name() {
    return at("metadata", "name").text();
  }
}
