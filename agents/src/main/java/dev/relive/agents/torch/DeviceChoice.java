package dev.relive.agents.torch;

/** What a user says about the device: {@code auto}, {@code cpu} or {@code gpu}. */
public enum DeviceChoice {
  /** The first GPU where there is one, else the CPU. */
  AUTO,
  CPU,
  GPU
}
