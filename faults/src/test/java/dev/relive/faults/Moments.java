package dev.relive.faults;

import java.util.SplittableRandom;

/** When faults strike: drawn from a seed, which is printed so that it can be stated. */
final class Moments {
  private final SplittableRandom random;

  private Moments(SplittableRandom random) {
    this.random = random;
  }

  /** The moments of a test. */
  static Moments of(String test) {
    String stated = System.getProperty("faults.seed", "");
    long seed = stated.isEmpty() ? System.nanoTime() : Long.parseLong(stated);
    System.out.printf("%s strikes at the moments of -Dfaults.seed=%d%n", test, seed);
    return new Moments(new SplittableRandom(seed));
  }

  /** Moments of their own, for another thread. */
  synchronized Moments split() {
    return new Moments(random.split());
  }

  /** Lets a random time pass, so that what comes next comes at a random moment. */
  synchronized void pass(int leastMillis, int mostMillis) throws InterruptedException {
    Thread.sleep(random.nextInt(leastMillis, mostMillis + 1));
  }

  synchronized boolean coin() {
    return random.nextBoolean();
  }
}
