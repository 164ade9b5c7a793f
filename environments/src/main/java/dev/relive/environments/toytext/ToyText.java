package dev.relive.environments.toytext;

import dev.relive.environments.EnvironmentProvider;
import dev.relive.environments.Registration;
import java.util.List;
import java.util.stream.Stream;

/** Gymnasium's toy text environments. */
public final class ToyText implements EnvironmentProvider {
  @Override
  public List<Registration> registrations() {
    return Stream.of(
            FrozenLake.REGISTRATIONS,
            CliffWalking.REGISTRATIONS,
            List.of(Taxi.REGISTRATION, Blackjack.REGISTRATION))
        .flatMap(List::stream)
        .toList();
  }
}
