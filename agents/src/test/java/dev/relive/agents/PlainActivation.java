package dev.relive.agents;

/** What stands between layers, in double. */
record PlainActivation(Activation kind) {

  double of(double z) {
    return kind == Activation.TANH ? Math.tanh(z) : Math.max(0, z);
  }

  /** f'(z) from f(z). */
  double derivative(double h) {
    return kind == Activation.TANH ? 1 - h * h : h > 0 ? 1 : 0;
  }
}
