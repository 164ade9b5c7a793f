package dev.relive.environments.random;

/** A random stream for each of a number of lanes. */
public final class LaneGenerators {
  private final Generator[] generators;

  /** Streams that are to be seeded before they are drawn from. */
  public LaneGenerators(int lanes) {
    generators = new Generator[lanes];
    for (int lane = 0; lane < lanes; lane++) {
      generators[lane] = Generator.seeded(0);
    }
  }

  /** Starts a lane's stream anew. */
  public void seed(int lane, long seed) {
    generators[lane] = Generator.seeded(seed);
  }

  /** The stream of a lane. */
  public Generator of(int lane) {
    return generators[lane];
  }

  /** The next number in [0, 1) of a lane's stream, which does not move. */
  public double peek(int lane) {
    return new Generator(generators[lane].state()).random();
  }
}
