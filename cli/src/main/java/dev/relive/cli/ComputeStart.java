package dev.relive.cli;

import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.service.UserException;

/** Starts PyTorch, or says why it does not start. */
final class ComputeStart {

  private ComputeStart() {}

  /**
   * Takes a device.
   *
   * @throws UserException if there is none such, or PyTorch does not start here
   */
  static Compute open(DeviceChoice device) {
    try {
      return Compute.open(device);
    } catch (IllegalArgumentException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException | LinkageError e) {
      throw new UserException("PyTorch does not start here: %s.".formatted(e), e);
    }
  }
}
