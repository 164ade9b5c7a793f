package dev.relive.log;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What the work of this thread takes of the heap. */
final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /** Bytes allocated by work that was done once before: the first time may load classes. */
  static long bytes(Runnable work) {
    work.run();
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
