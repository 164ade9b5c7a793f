package dev.relive.broker;

import java.io.Serial;
import org.apache.kafka.common.utils.Exit;

/**
 * Keeps Kafka from ending the process. A Kafka that cannot go on (above all, one that lost its data
 * directory) exits or halts the JVM; here the thread that asks for it tells its broker instead and
 * dies. Threads of no broker end the process as ever.
 */
final class KafkaExit {

  /** Inherited by every thread that a broker's threads start. */
  private static final InheritableThreadLocal<Runnable> LISTENER = new InheritableThreadLocal<>();

  static {
    Exit.setExitProcedure(
        (status, message) -> {
          refuseForBrokers(status);
          Runtime.getRuntime().exit(status);
        });
    Exit.setHaltProcedure(
        (status, message) -> {
          refuseForBrokers(status);
          Runtime.getRuntime().halt(status);
        });
  }

  private KafkaExit() {}

  /**
   * Runs an action whose threads, and theirs in turn, call the listener where they would end the
   * process.
   */
  static void intercept(Runnable listener, Runnable action) {
    Runnable outer = LISTENER.get();
    LISTENER.set(listener);
    try {
      action.run();
    } finally {
      if (outer == null) {
        LISTENER.remove();
      } else {
        LISTENER.set(outer);
      }
    }
  }

  private static void refuseForBrokers(int status) {
    Runnable listener = LISTENER.get();
    if (listener != null) {
      listener.run();
      throw new Refused(status);
    }
  }

  /** What the thread sees that wanted to end the process. */
  private static final class Refused extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private Refused(int status) {
      super("Kafka wanted to end the process with status " + status);
    }
  }
}
