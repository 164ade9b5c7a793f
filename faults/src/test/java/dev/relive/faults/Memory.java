package dev.relive.faults;

import java.util.List;

/**
 * What a process may hold in RAM, in megabytes. The heap and the direct buffers are limits that
 * Java keeps; the rest is code, the class library, stacks, the collector's own, and of a process
 * with networks the native library.
 */
record Memory(int heap, int direct, int rest) {
  static final Memory BROKER = new Memory(256, 64, 130);
  static final Memory LEARNER = new Memory(256, 64, 280);
  static final Memory PRODUCER = new Memory(192, 64, 244);
  static final Memory EVALUATOR = new Memory(192, 64, 244);

  static final Memory VERIFY = new Memory(512, 64, 200);

  /** The bound of all of it. */
  int bound() {
    return heap + direct + rest;
  }

  List<String> javaOptions() {
    return List.of(
        "-Xmx" + heap + "m",
        "-XX:MaxDirectMemorySize=" + direct + "m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xshare:auto");
  }
}
