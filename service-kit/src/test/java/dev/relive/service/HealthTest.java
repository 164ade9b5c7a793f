package dev.relive.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthTest {

  private final Health health = new Health();

  @Test
  void whatIsNotLiveIsNotReady() {
    health.addLive("learner", () -> Optional.of("The learner stopped."));
    health.addReady("log", Optional::empty);
    assertFalse(health.live().passed());
    assertFalse(health.ready().passed());
    assertEquals(
        Map.of("learner", Optional.of("The learner stopped."), "log", Optional.empty()),
        health.ready().failures());
  }

  @Test
  void whatIsNotReadyMayBeLive() {
    health.addReady("log", () -> Optional.of("The broker does not answer."));
    assertTrue(health.live().passed());
    assertFalse(health.ready().passed());
  }

  @Test
  void aCheckThatThrowsFails() {
    health.addLive(
        "learner",
        () -> {
          throw new IllegalStateException("no state");
        });
    assertEquals(
        Map.of(
            "learner",
            Optional.of("The check itself failed: java.lang.IllegalStateException: no state.")),
        health.live().failures());
  }

  @Test
  void controlCharactersAreEscaped() {
    health.addLive("learner", () -> Optional.of("a\nb\\c"));
    assertEquals(
        "{\"ok\":false,\"checks\":[{\"name\":\"learner\",\"ok\":false,\"reason\":\"a\\u000ab\\\\c\"}]}\n",
        health.live().toJson());
  }
}
