package dev.relive.service;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A process that works until a signal, unless its argument names what goes wrong in it. */
final class GroupProgram {

  /** One of the parts does not close. */
  static final String STUBBORN_PART = "stubborn part";

  /** A thread ends with an error. */
  static final String DEAD_THREAD = "dead thread";

  private GroupProgram() {}

  public static void main(String[] arguments) throws Exception {
    String fault = arguments.length > 0 ? arguments[0] : "";
    try (ServiceGroup group = new ServiceGroup(Duration.ofSeconds(1))) {
      group.closeOnSignal();
      group.failOnDeadThread();
      group.add("summary", () -> System.out.println("closed"));
      if (fault.equals(STUBBORN_PART)) {
        group.add(fault, new CountDownLatch(1)::await);
      }
      System.out.println("ready");
      if (fault.equals(DEAD_THREAD)) {
        new Thread(GroupProgram::die, "reader").start();
      }
      boolean reached = group.await(new CompletableFuture<Void>());
      System.out.println(reached ? "reached" : "stopped");
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void die() {
    throw new NoClassDefFoundError("some/Class");
  }
}
