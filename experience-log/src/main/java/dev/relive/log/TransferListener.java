package dev.relive.log;

/** Is told how far work on a log is. */
@FunctionalInterface
public interface TransferListener {
  /** Is told nothing. */
  TransferListener NONE = (done, total) -> {};

  /**
   * Some more is done. Called often.
   *
   * @param total of how much; at least 0
   */
  void transferred(long done, long total);
}
