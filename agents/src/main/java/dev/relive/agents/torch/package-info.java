/** PyTorch as the agents use it: where it computes, scripts it runs, tensors that Java can see. */
@NullMarked
package dev.relive.agents.torch;

import org.jspecify.annotations.NullMarked;
