package dev.relive.cli;

/** What the user decides about a process that runs services. */
sealed interface ServiceConfig permits LearningConfig, ProduceConfig, EvaluateConfig {

  /** Where the log is. */
  LogPlace log();

  /** Where metrics and health listen. */
  Endpoint endpoint();
}
