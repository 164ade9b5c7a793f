package dev.relive.cli.curve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CurveImageTest {

  private static final int BLUE = 0x0072B2;
  private static final int VERMILION = 0xD55E00;
  private static final RewardCurve CURVE = Curves.curve("first", 475, 60, 20, 140, 400, 480, 440);

  @Test
  void drawsTheMeanWhereItIs() {
    BufferedImage image = CurveImage.of("CartPole-v1", List.of(CURVE));
    CurveAxes axes = axes(CURVE);

    for (int point = 0; point < 5; point++) {
      double mean = CURVE.points().get(point).mean();
      assertEquals(BLUE, at(image, axes, 1_000.0 * point, mean), "point " + point);
    }
    assertEquals(BLUE, at(image, axes, 1_500, 270), "between two points");
    assertEquals(0xFFFFFF, at(image, axes, 610, 330) | 0x1B1B1B, "where nothing is drawn");
  }

  @Test
  void drawsTheConfidenceIntervalAsABand() {
    BufferedImage image = CurveImage.of("CartPole-v1", List.of(CURVE));
    CurveAxes axes = axes(CURVE);

    Color inside = new Color(at(image, axes, 1_990, 425));
    assertTrue(inside.getBlue() > inside.getRed() + 20, inside::toString);
  }

  @Test
  void drawsTheThresholdAsADashedLine() {
    BufferedImage image = CurveImage.of("CartPole-v1", List.of(CURVE));
    CurveAxes axes = axes(CURVE);
    int y = (int) Math.round(CurveImage.y(axes, 475));
    int dark = 0;
    for (int x = 300; x < 600; x++) {
      dark += darkest(image, x, y) < 0xB0 ? 1 : 0;
    }
    assertTrue(dark > 120 && dark < 240, "dark pixels of 300: " + dark);
  }

  @Test
  void drawsSeveralRunsInColoursOfTheirOwn() {
    RewardCurve second = Curves.curve("second", 475, 0, 10, 20, 30, 40, 50);
    BufferedImage image = CurveImage.of("CartPole-v1", List.of(CURVE, second));
    CurveAxes axes = CurveImage.axes(List.of(CURVE, second));

    assertEquals(BLUE, at(image, axes, 2_000, 400));
    assertEquals(VERMILION, at(image, axes, 1_500, 25));
  }

  @Test
  void hasAxesAndALegendButNoCurveWhereNothingIsEvaluated() {
    BufferedImage image = CurveImage.of("CartPole-v1", List.of(Curves.curve("a", 475, 0)));

    assertEquals(CurveImage.WIDTH, image.getWidth());
    assertEquals(CurveImage.HEIGHT, image.getHeight());
    assertEquals(0x333333, image.getRGB(96, 300) & 0xFFFFFF, "the axis of returns");
    boolean anyInk = false;
    for (int x = 1_020; x < 1_170; x++) {
      anyInk |= darkest(image, x, 68) < 0x80;
    }
    assertTrue(anyInk, "the legend's words");
  }

  @Test
  void drawsMoreRunsThanTheLegendHoldsAndNumbersOfAnySize() {
    List<RewardCurve> many =
        IntStream.range(0, 40)
            .mapToObj(i -> Curves.curve("run-" + i, Double.NaN, 1, i, 1e300, -1e300 * i))
            .toList();

    assertFalse(CurveImage.of("many", many).getColorModel().hasAlpha());
  }

  private static CurveAxes axes(RewardCurve curve) {
    return CurveImage.axes(List.of(curve));
  }

  private static int at(BufferedImage image, CurveAxes axes, double steps, double value) {
    int x = (int) Math.floor(CurveImage.x(axes, steps));
    int y = (int) Math.floor(CurveImage.y(axes, value));
    return image.getRGB(x, y) & 0xFFFFFF;
  }

  private static int darkest(BufferedImage image, int x, int y) {
    int darkest = 255;
    for (int row = y - 1; row <= y + 1; row++) {
      darkest = Math.min(darkest, new Color(image.getRGB(x, row)).getGreen());
    }
    return darkest;
  }
}
