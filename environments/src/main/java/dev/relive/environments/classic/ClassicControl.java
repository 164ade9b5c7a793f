package dev.relive.environments.classic;

import dev.relive.environments.EnvironmentProvider;
import dev.relive.environments.Registration;
import java.util.List;
import java.util.stream.Stream;

/** Gymnasium's classic control environments. */
public final class ClassicControl implements EnvironmentProvider {
  @Override
  public List<Registration> registrations() {
    return Stream.of(
            CartPole.REGISTRATIONS,
            MountainCar.REGISTRATIONS,
            List.of(Acrobot.REGISTRATION, Pendulum.REGISTRATION))
        .flatMap(List::stream)
        .toList();
  }
}
