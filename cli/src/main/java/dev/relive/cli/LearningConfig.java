package dev.relive.cli;

import dev.relive.learner.LearnerStart;

/** What the user decides about a process with a learner. */
sealed interface LearningConfig extends ServiceConfig permits TrainingConfig, LearnConfig {

  /** The run to begin, or to go on with. */
  LearnerStart start();
}
