package dev.relive.cli;

import dev.relive.agents.torch.DeviceChoice;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What computes. */
abstract class DeviceOptions {

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "What computes: ${COMPLETION-CANDIDATES}; auto takes a GPU where there is one.")
  Device device;

  /**
   * @param device the default
   */
  DeviceOptions(Device device) {
    this.device = device;
  }

  /** What computes, as it is written on the command line. */
  enum Device {
    AUTO,
    CPU,
    GPU;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  final DeviceChoice choice() {
    return DeviceChoice.valueOf(device.name());
  }

  /** Of updates, which gain by a GPU. */
  static final class OfLearner extends DeviceOptions {
    OfLearner() {
      super(Device.AUTO);
    }
  }
}
