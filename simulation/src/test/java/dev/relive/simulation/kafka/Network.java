package dev.relive.simulation.kafka;

/** What lies between a process and the broker, and what its schedule does to it. */
public interface Network {

  /**
   * A request is on its way or its answer is: others act meanwhile, and the process may be killed,
   * which this then throws.
   */
  void delay();

  /** What becomes of the next request. */
  Fate fate();

  /** What can become of a request. */
  enum Fate {
    /** It is done and answered. */
    ANSWERED,
    /** It is done, and the client does not hear of it. */
    ANSWER_LOST,
    /** It never arrives. */
    LOST
  }
}
