package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TopicCatalogueTest {
  private final TopicCatalogue topics = new TopicCatalogue("relive");

  @Test
  void namesAreTheProtocols() {
    assertEquals(
        "relive.experience.gymnasium_3aLunarLander-v3",
        topics.experience("gymnasium:LunarLander-v3").name());
    assertEquals("relive.experience.CartPole-v1.rejected", topics.rejected("CartPole-v1").name());
    assertEquals(
        Stream.of(
                "runs",
                "progress",
                "policies",
                "snapshots",
                "checkpoints",
                "episodes",
                "evaluations")
            .map("relive."::concat)
            .toList(),
        topics.shared().stream().map(Topic::name).toList());
  }

  @Test
  void tellsTheStreamOfATopic() {
    assertEquals(Optional.of("a:b"), topics.streamOf(topics.experience("a:b").name()));
    assertEquals(Optional.empty(), topics.streamOf(topics.rejected("a:b").name()));
    assertEquals(Optional.empty(), topics.streamOf("relive.runs"));
    assertEquals(Optional.empty(), topics.streamOf("other.experience.x"));
  }

  @Test
  void refusesAStreamWhoseTopicsKafkaCannotName() {
    // "relive.experience." and ".rejected" take 27 of Kafka's 249 characters.
    String longest = "x".repeat(222);
    assertEquals(249, topics.rejected(longest).name().length());
    LogException tooLong = assertThrows(LogException.class, () -> topics.experience(longest + "x"));
    assertEquals(
        "The stream name '"
            + longest
            + "x' is too long: its topics' names would have 250 characters, and Kafka allows 249.",
        tooLong.getMessage());
    assertThrows(LogException.class, () -> topics.experience(""));
  }
}
