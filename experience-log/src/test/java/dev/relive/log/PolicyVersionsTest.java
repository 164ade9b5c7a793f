package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolicyVersionsTest {
  @Test
  void everyActionHasTheVersionOfItsStretch() {
    PolicyVersions versions = versions(new int[] {0, 2, 5}, 7, 9, 8);

    assertEquals(
        "[7, 7, 9, 9, 9, 8, 8]", IntStream.range(0, 7).mapToObj(versions::at).toList().toString());
    assertEquals(3, versions.count());
    assertEquals(5, versions.from(2));
    assertEquals(8, versions.version(2));
    assertEquals(4, PolicyVersions.of(4).at(100));
  }

  @Test
  void listsThatAreNoRunLengthListAreRefused() {
    assertRefused("1 starts do not fit 2 policy versions.", new int[] {0}, 1, 2);
    assertRefused(
        "The starts of policy versions must be 0 and then increase, but start 0 is 1.",
        new int[] {1},
        1);
    assertRefused(
        "The starts of policy versions must be 0 and then increase, but start 2 is 3.",
        new int[] {0, 3, 3},
        1,
        2,
        3);
    assertRefused(
        "The starts of policy versions must be 0 and then increase, but start 1 is -1.",
        new int[] {0, -1},
        1,
        2);
    assertRefused(
        "A policy version must be below 2^63, not 18446744073709551615.", new int[] {0}, -1);
    assertThrows(IllegalArgumentException.class, () -> PolicyVersions.of(Long.MIN_VALUE));
  }

  @Test
  void theyAreValues() {
    int[] from = {0, 1};
    long[] numbers = {5, 6};
    PolicyVersions versions = PolicyVersions.of(from, numbers);
    from[1] = 2;
    numbers[1] = 7;

    assertEquals(versions(new int[] {0, 1}, 5, 6), versions);
    assertEquals(versions(new int[] {0, 1}, 5, 6).hashCode(), versions.hashCode());
    assertNotEquals(versions(new int[] {0, 2}, 5, 6), versions);
    assertNotEquals(versions(new int[] {0, 1}, 5, 7), versions);
    assertEquals(PolicyVersions.NONE, versions(new int[0]));
    assertEquals("[5, 6] from [0, 1]", versions.toString());
  }

  private static PolicyVersions versions(int[] from, long... versions) {
    return PolicyVersions.of(from, versions);
  }

  private static void assertRefused(String message, int[] from, long... versions) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> PolicyVersions.of(from, versions))
            .getMessage());
  }
}
