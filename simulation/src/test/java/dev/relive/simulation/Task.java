package dev.relive.simulation;

import java.util.function.BooleanSupplier;

/**
 * What one thread of a process does again and again: a little at a time, and only when there is
 * something to do.
 */
record Task(String name, BooleanSupplier ready, Runnable work) {
  boolean isReady() {
    return ready.getAsBoolean();
  }
}
