package dev.relive.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.log.Topic;
import dev.relive.log.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The topics that Strimzi makes are those that the services would. */
final class TopicsTest {

  private record Made(String partitions, Map<String, String> settings) {}

  @Test
  void areThoseOfTheCatalogue() {
    TopicCatalogue catalogue = new TopicCatalogue("relive");
    List<Topic> topics = new ArrayList<>(catalogue.shared());
    topics.add(catalogue.experience(stream()));
    topics.add(catalogue.rejected(stream()));
    Map<String, Made> wanted = new TreeMap<>();
    topics.forEach(
        topic ->
            wanted.put(
                topic.name(), new Made(Integer.toString(topic.partitions()), topic.settings())));

    Map<String, Made> there = new TreeMap<>();
    Checkout.objects("components/strimzi/topics.yaml")
        .forEach(
            topic ->
                there.put(
                    topic.at("spec", "topicName").text(),
                    new Made(topic.at("spec", "partitions").text(), settings(topic))));

    assertEquals(wanted, there);
  }

  /** The environment of the learner, whose stream it is. */
  private static String stream() {
    String option = "--environment=";
    return Checkout.objects("base/learner.yaml")
        .get(0)
        .at("spec", "template", "spec", "containers")
        .items()
        .flatMap(container -> container.at("args").texts().stream())
        .filter(argument -> argument.startsWith(option))
        .map(argument -> argument.substring(option.length()))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> settings(YamlNode topic) {
    YamlNode config = topic.at("spec", "config");
    Map<String, String> settings = new TreeMap<>();
    config.keys().forEach(name -> settings.put(name, config.at(name).text()));
    return settings;
  }
}
