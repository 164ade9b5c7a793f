package dev.relive.environments.classic;

import dev.relive.environments.EnvironmentProvider;
import dev.relive.environments.Registration;
import java.util.List;

/** Gymnasium's classic control environments. */
public final class ClassicControl implements EnvironmentProvider {
  @Override
  public List<Registration> registrations() {
    return CartPole.REGISTRATIONS;
  }
}
