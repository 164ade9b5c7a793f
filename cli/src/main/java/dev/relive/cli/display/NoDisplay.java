package dev.relive.cli.display;

/** For who asked for quiet. */
record NoDisplay() implements ProgressDisplay {

  @Override
  public void show(ProgressView view) {}

  @Override
  public void close() {}
}
