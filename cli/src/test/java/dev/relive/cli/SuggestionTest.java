package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SuggestionTest {

  @ParameterizedTest
  @CsvSource({
    "kitten, sitting, 3",
    "steps, stesp, 1",
    "ca, abc, 3",
    "'', abc, 3",
    "abc, '', 3",
    "CartPole-V1, cartpole-v1, 0"
  })
  void countsTheMistakes(String from, String to, int expected) {
    assertEquals(expected, Suggestion.distance(from, to));
    assertEquals(expected, Suggestion.distance(to, from));
  }

  @Test
  void prefersTheNearestCandidate() {
    assertEquals(
        "; did you mean train?", Suggestion.ending("trian", List.of("brain", "train", "rain")));
  }

  @Test
  void completesABeginning() {
    assertEquals(
        "; did you mean learning-rate?", Suggestion.ending("lear", List.of("learning-rate", "x")));
  }

  @Test
  void isSilentWhereNothingIsNear() {
    assertEquals(".", Suggestion.ending("play", List.of("train", "broker")));
    assertEquals(".", Suggestion.ending("play", List.of()));
  }
}
