package dev.relive.environments.textbook;

import dev.relive.environments.EnvironmentProvider;
import dev.relive.environments.Registration;
import java.util.List;

/** Small environments of the textbooks. */
public final class Textbook implements EnvironmentProvider {
  @Override
  public List<Registration> registrations() {
    return List.of(
        Bandit.REGISTRATION,
        Corridor.REGISTRATION,
        NegativeAbsoluteWalk.REGISTRATION,
        RandomMdp.REGISTRATION,
        ThreeStateMdp.REGISTRATION);
  }
}
