package dev.relive.service;

import java.util.concurrent.CompletableFuture;

/** A part of a process that works in threads of its own from its start to its close. */
public interface Service extends AutoCloseable {

  /** What messages call it: a noun without an article, such as {@code learner}. */
  String name();

  /** Returns when the service works. Called once. */
  void start();

  /**
   * Completes when the service has ended by itself: normally when its work is done, exceptionally
   * when it cannot go on. Not by closing alone.
   */
  CompletableFuture<Void> completion();

  /**
   * Ends the work in good order and waits for that; interrupted, it gives up waiting. Comes once,
   * also after a start that failed or a completion.
   */
  @Override
  void close();
}
