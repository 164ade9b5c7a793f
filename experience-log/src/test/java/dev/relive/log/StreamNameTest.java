package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StreamNameTest {
  @Example
  void escapesWhatKafkaDoesNotAllow() {
    assertEquals("gymnasium_3aLunarLander-v3", StreamName.escape("gymnasium:LunarLander-v3"));
    assertEquals("CartPole-v1", StreamName.escape("CartPole-v1"));
    assertEquals("a_2eb_5fc_c3_a9", StreamName.escape("a.b_cé"));
  }

  @Example
  void refusesHalfACharacter() {
    LogException e = assertThrows(LogException.class, () -> StreamName.escape("a\ud800"));
    assertTrue(String.valueOf(e.getMessage()).contains("not valid Unicode"), e.getMessage());
  }

  /** Being reversible, it is injective. */
  @Property
  void isReversibleAndLegal(@ForAll("names") String name) {
    String escaped = StreamName.escape(name);
    assertTrue(escaped.matches("[a-zA-Z0-9_-]+"), escaped);
    assertEquals(name, StreamName.unescape(escaped));
  }

  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> unicode =
        Arbitraries.integers()
            .between(0, Character.MAX_CODE_POINT)
            .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
            .list()
            .ofMinSize(1)
            .ofMaxSize(20)
            .map(
                points ->
                    points.stream()
                        .collect(
                            StringBuilder::new,
                            StringBuilder::appendCodePoint,
                            StringBuilder::append)
                        .toString());
    Arbitrary<String> nearMisses =
        Arbitraries.strings().withChars("_aA0fF-.:").ofMinLength(1).ofMaxLength(12);
    return Arbitraries.oneOf(unicode, nearMisses);
  }
}
