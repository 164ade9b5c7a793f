package dev.relive.learner;

import dev.relive.agents.UpdateReport;
import dev.relive.environments.random.Generator;

/** Updates that draw what they learn from out of a replay. */
interface ReplayUpdates extends Updates {

  /**
   * Makes one update.
   *
   * @param random the only source of what is drawn
   */
  UpdateReport update(ReplayBuffer replay, Generator random);
}
