package dev.relive.environments.minatar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SwarmTest {
  @Test
  void packsWhatAnObjectIs() {
    for (int column = -2; column <= 11; column++) {
      int object = Swarm.object(column, 8, true);
      object = Swarm.withShotTimer(Swarm.withTimer(object, 5), 10);
      object = Swarm.withTimer(object, 3);
      assertEquals(column, Swarm.column(object));
      assertEquals(8, Swarm.row(object));
      assertTrue(Swarm.rightward(object));
      assertEquals(3, Swarm.timer(object));
      assertEquals(10, Swarm.shotTimer(object));
      assertEquals(column < 0 || column > 9, Swarm.offBoard(object));
      assertTrue(Swarm.sameCell(object, Swarm.object(column, 8, false)));
    }
    assertEquals(4, Swarm.column(Swarm.moved(Swarm.object(3, 1, true))));
    assertEquals(2, Swarm.column(Swarm.moved(Swarm.object(3, 1, false))));
  }

  @Test
  void removesTheFirstOfEqualObjects() {
    Swarm swarm = swarm(1, 2, 1, 3);
    assertEquals(1, swarm.removeFirstLike(2), "the one meant has moved up");
    assertEquals(3, swarm.count());
    assertEquals(Swarm.object(2, 0, true), swarm.get(0));
    assertEquals(-1, swarm.removeFirstLike(0));
    assertEquals(0, swarm.firstAt(Swarm.object(1, 0, false)));
    assertEquals(-1, swarm.firstAt(Swarm.object(2, 0, false)));
  }

  @Test
  void growsAndIsCleared() {
    Swarm swarm = swarm(IntStream.range(0, 100).map(i -> i % 10).toArray());
    assertEquals(100, swarm.count());
    assertEquals(9, Swarm.column(swarm.get(99)));
    assertTrue(swarm.opposes(0, false));
    assertFalse(swarm.opposes(0, true));
    assertFalse(swarm.opposes(1, false));
    swarm.clear();
    assertEquals(0, swarm.count());
    assertEquals(-1, swarm.firstAt(Swarm.object(0, 0, true)));
  }

  private static Swarm swarm(int... columns) {
    Swarm swarm = new Swarm();
    for (int column : columns) {
      swarm.add(Swarm.object(column, 0, true));
    }
    return swarm;
  }
}
