package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import dev.relive.environments.Box;
import dev.relive.environments.Composite;
import dev.relive.environments.Composite.Part;
import dev.relive.environments.Discrete;
import dev.relive.environments.MultiBinary;
import dev.relive.environments.MultiDiscrete;
import dev.relive.environments.Space;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SpaceTextTest {

  private static final Box BOX = Box.of(0, 1, 10, 10, 4);
  private static final Space OPEN =
      new Box(
          new int[] {2},
          new float[] {Float.NEGATIVE_INFINITY, 0},
          new float[] {Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY});
  private static final Space SEVERAL =
      new Composite(List.of(new Part("hand", new MultiDiscrete(32, 11)), new Part("see", BOX)));

  @Test
  void isBriefForATable() {
    assertEquals("Box(10×10×4)", SpaceText.brief(BOX));
    assertEquals("MultiBinary(3)", SpaceText.brief(new MultiBinary(3)));
    assertEquals("Discrete(5)", SpaceText.brief(new Discrete(5)));
    assertEquals("Discrete(-10 to 10)", SpaceText.brief(new Discrete(21, -10)));
    assertEquals("2 parts", SpaceText.brief(SEVERAL));
  }

  @Test
  void isFullPartByPart() {
    assertEquals(List.of(BOX.toString()), SpaceText.full(BOX));
    assertEquals(List.of("hand: MultiDiscrete([32, 11])", "see: " + BOX), SpaceText.full(SEVERAL));
  }

  @Test
  void isJsonWithNullForABoundThatIsNone() {
    assertJson("{size: 400, kind: box, shape: [10, 10, 4], low: 0.0, high: 1.0}", BOX);
    assertJson("{size: 2, kind: box, shape: [2], low: [null, 0.0], high: null}", OPEN);
    assertJson("{size: 6, kind: multi-binary, shape: [2, 3]}", new MultiBinary(2, 3));
    assertJson("{size: 1, kind: discrete, count: 3, start: -1}", new Discrete(3, -1));
    assertJson("{size: 2, kind: multi-discrete, counts: [4, 5]}", new MultiDiscrete(4, 5));
    assertJson(
        "{size: 2, kind: composite, parts: [{name: a, space: {size: 1, kind: discrete, count: 2,"
            + " start: 0}}, {name: b, space: {size: 1, kind: discrete, count: 3, start: 0}}]}",
        new Composite(List.of(new Part("a", new Discrete(2)), new Part("b", new Discrete(3)))));
  }

  private static void assertJson(String expected, Space space) {
    assertEquals(
        JsonParser.parseString(expected), JsonParser.parseString(Json.text(SpaceText.json(space))));
  }
}
