package dev.relive.simulation;

/** Unwinds what a process was doing when it was killed. An error, so that nothing handles it. */
final class ProcessKilled extends Error {
  private static final long serialVersionUID = 1;

  ProcessKilled(String process) {
    super(process + " was killed", null, false, false);
  }
}
