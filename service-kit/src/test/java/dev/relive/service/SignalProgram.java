package dev.relive.service;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A process that works until a signal; with an argument, one of its parts does not close. */
final class SignalProgram {

  private SignalProgram() {}

  public static void main(String[] arguments) throws Exception {
    try (ServiceGroup group = new ServiceGroup(Duration.ofSeconds(1))) {
      group.closeOnSignal();
      group.add("summary", () -> System.out.println("closed"));
      if (arguments.length > 0) {
        group.add("stubborn part", new CountDownLatch(1)::await);
      }
      System.out.println("ready");
      boolean reached = group.await(new CompletableFuture<Void>());
      System.out.println(reached ? "reached" : "stopped");
    }
  }
}
