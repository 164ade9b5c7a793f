package dev.relive.learner;

import dev.relive.agents.UpdateReport;
import dev.relive.log.Segment;

/** Updates that learn once from what was gathered since the last. */
interface BatchUpdates extends Updates {

  /** Adds consecutive transitions of a segment, at least one, to what the next update sees. */
  void gather(Segment segment, int from, int count);

  /** Makes one update, which leaves nothing gathered. */
  UpdateReport update();
}
