package dev.relive.log;

import java.util.Arrays;

/** Which policy version chose which action of a segment, as a run-length list. */
public final class PolicyVersions {
  /** No action, no version. */
  public static final PolicyVersions NONE = new PolicyVersions(new int[0], new long[0]);

  private final int[] from;
  private final long[] versions;

  private PolicyVersions(int[] from, long[] versions) {
    this.from = from;
    this.versions = versions;
  }

  /** One version for every action. */
  public static PolicyVersions of(long version) {
    return new PolicyVersions(new int[] {0}, new long[] {checked(version)});
  }

  /**
   * Several versions.
   *
   * @param from the first transition of each version: 0, then strictly increasing
   * @param versions the versions, as many; 0 where no published policy chose the action
   * @throws IllegalArgumentException when the two don't fit one another or a version is negative
   */
  public static PolicyVersions of(int[] from, long[] versions) {
    if (from.length != versions.length) {
      throw new IllegalArgumentException(
          from.length + " starts do not fit " + versions.length + " policy versions.");
    }
    for (int i = 0; i < from.length; i++) {
      if (i == 0 ? from[0] != 0 : from[i] <= from[i - 1]) {
        throw new IllegalArgumentException(
            "The starts of policy versions must be 0 and then increase, but start "
                + i
                + " is "
                + from[i]
                + ".");
      }
      checked(versions[i]);
    }
    return new PolicyVersions(from.clone(), versions.clone());
  }

  /** Number of stretches of one version. */
  public int count() {
    return from.length;
  }

  /** The first transition of stretch {@code index}. */
  public int from(int index) {
    return from[index];
  }

  /** The version of stretch {@code index}. */
  public long version(int index) {
    return versions[index];
  }

  /**
   * The version that chose an action.
   *
   * @param transition the transition's index in the segment
   */
  public long at(int transition) {
    int index = from.length - 1;
    while (from[index] > transition) {
      index--;
    }
    return versions[index];
  }

  /** The versions of {@code count} transitions, from {@code first} on. */
  PolicyVersions slice(int first, int count) {
    int begin = 0;
    while (begin + 1 < from.length && from[begin + 1] <= first) {
      begin++;
    }
    int end = begin;
    while (end < from.length && from[end] < first + count) {
      end++;
    }
    int[] starts = Arrays.copyOfRange(from, begin, end);
    for (int i = 0; i < starts.length; i++) {
      starts[i] = Math.max(0, starts[i] - first);
    }
    return new PolicyVersions(starts, Arrays.copyOfRange(versions, begin, end));
  }

  private static long checked(long version) {
    if (version < 0) {
      throw new IllegalArgumentException(
          "A policy version must be below 2^63, not " + Long.toUnsignedString(version) + ".");
    }
    return version;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PolicyVersions that
        && Arrays.equals(from, that.from)
        && Arrays.equals(versions, that.versions);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(from) + Arrays.hashCode(versions);
  }

  @Override
  public String toString() {
    return Arrays.toString(versions) + " from " + Arrays.toString(from);
  }
}
