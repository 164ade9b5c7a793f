package dev.relive.faults;

/** How often faults strike: a few times in every build, many times with {@code -Pfaults}. */
enum Extent {
  SHORT,
  LONG;

  /** As the build says. */
  static final Extent ASKED =
      System.getProperty("faults.extent", "short").equals("long") ? LONG : SHORT;

  /** One of two numbers. */
  static int of(int few, int many) {
    return ASKED == LONG ? many : few;
  }
}
