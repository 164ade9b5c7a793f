package dev.relive.cli;

import dev.relive.cli.display.ProgressView;

/** What a {@link ServiceCommand} does, from its start to its end. */
interface Job {

  /**
   * Starts services and waits until their work is done or a stop is requested. Called once.
   *
   * @return an {@link ExitCode}
   * @throws Exception why it cannot go on
   */
  int run() throws Exception;

  /** This moment. Asked before, while and after it runs, always by the same thread. */
  ProgressView view();

  /** What there is to say when all is closed, ending with a line feed. */
  String conclusion();
}
