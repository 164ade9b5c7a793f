package dev.relive.agents;

import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.Space;
import dev.relive.log.wire.SpaceKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What becomes of an environment's observation before a network sees it: categories become one
 * number for each that there is, all other numbers may be normalised, and the newest frames of an
 * episode are put one behind the other, the oldest first.
 *
 * @param categories how many categories each number of a raw observation chooses from; 0: it is no
 *     category, or stays as it is
 * @param firsts the smallest category of each number
 * @param frames raw observations that the network sees at once; 1: the newest alone
 * @param normalised whether what is no category is brought to mean 0 and deviation 1
 */
public record ObservationEncoding(
    List<Integer> categories, List<Integer> firsts, int frames, boolean normalised) {

  /**
   * The most numbers of an encoded observation: so many that a batch of 64 takes half a gigabyte.
   */
  private static final int LARGEST = 1 << 20;

  /**
   * @throws IllegalArgumentException when the encoded observation is too large
   */
  public ObservationEncoding {
    categories = List.copyOf(categories);
    firsts = List.copyOf(firsts);
    Requirement.require(frames >= 1, "number of frames", frames, "1 or more");
    long size = frames * categories.stream().mapToLong(count -> Math.max(1, count)).sum();
    if (size > LARGEST) {
      throw new IllegalArgumentException(
          "An observation of %d frames becomes %d numbers, and must be at most %d."
              .formatted(frames, size, LARGEST));
    }
  }

  /** Observations of so many numbers as they are. */
  public static ObservationEncoding none(int size) {
    return new ObservationEncoding(
        Collections.nCopies(size, 0), Collections.nCopies(size, 0), 1, false);
  }

  /**
   * The encoding for an environment.
   *
   * @throws IllegalArgumentException when there are no categories and must be, or the encoded
   *     observation is too large
   */
  public static ObservationEncoding of(
      EnvironmentSpec environment, OneHot oneHot, int frames, boolean normalised) {
    Space space = environment.getObservations();
    int size = space.getShapeList().stream().reduce(1, Math::multiplyExact);
    List<Integer> categories = oneHot == OneHot.FALSE ? List.of() : categories(space);
    if (oneHot == OneHot.TRUE && categories.isEmpty()) {
      throw new IllegalArgumentException(
          "The observations of %s have no categories to tell apart."
              .formatted(environment.getId()));
    }
    return new ObservationEncoding(
        categories.isEmpty() ? Collections.nCopies(size, 0) : categories,
        categories.isEmpty() ? Collections.nCopies(size, 0) : firsts(space, size),
        frames,
        normalised);
  }

  /** Categories of each number, 0 where it is none; empty where no number is one. */
  private static List<Integer> categories(Space space) {
    return space.getCountsList().stream().map(Math::toIntExact).toList();
  }

  private static List<Integer> firsts(Space space, int size) {
    if (space.getKind() != SpaceKind.BOX) {
      return Collections.nCopies(size, Math.toIntExact(space.getStart()));
    }
    List<Integer> firsts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      boolean category = space.getCounts(i) > 0;
      firsts.add(category ? (int) space.getLow(Math.min(i, space.getLowCount() - 1)) : 0);
    }
    return firsts;
  }

  /** Numbers of a raw observation. */
  public int rawSize() {
    return categories.size();
  }

  /** Numbers that a raw observation becomes. */
  int frameSize() {
    return categories.stream().mapToInt(count -> Math.max(1, count)).sum();
  }

  /** Numbers of what the network sees. */
  public int size() {
    return frames * frameSize();
  }

  /** Whether any number becomes several. */
  boolean oneHot() {
    return categories.stream().anyMatch(count -> count > 0);
  }

  /** Whether an observation stays as it is. */
  public boolean isIdentity() {
    return frames == 1 && !normalised && !oneHot();
  }
}
