package dev.relive.faults;

import java.io.IOException;
import java.time.Duration;

/** Lets a process work only now and then, until that ends. */
final class Slowness {
  private final JavaProcess process;
  private final Duration work;
  private final Duration rest;
  private final Thread thread = new Thread(this::hold, "slowness");
  private volatile boolean over;

  /** Begins with a rest; without work in between it is one long rest. */
  Slowness(JavaProcess process, Duration work, Duration rest) {
    this.process = process;
    this.work = work;
    this.rest = rest;
    thread.start();
  }

  private void hold() {
    try {
      while (!over) {
        process.pause();
        Thread.sleep(rest.toMillis());
        if (!work.isZero()) {
          process.resume();
          Thread.sleep(work.toMillis());
        }
      }
    } catch (IOException e) {
      throw new AssertionError("The signals fail.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the process work as before. */
  void end() throws IOException, InterruptedException {
    over = true;
    thread.join();
    process.resume();
  }
}
