package dev.relive.log;

/** Is told what an audit does and finds, on the threads that read. */
public interface AuditListener {

  /** Something was found. */
  void found(Finding finding);

  /**
   * A topic is being read.
   *
   * @param done its offsets passed so far
   * @param total of how many
   */
  void reading(String topic, long done, long total);
}
