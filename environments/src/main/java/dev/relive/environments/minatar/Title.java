package dev.relive.environments.minatar;

import java.util.List;

/**
 * A game as it is offered.
 *
 * @param name its name within an id
 * @param description a line that says what it is
 * @param minimalActions those of the six actions that do something, in their order
 * @param layers its channels, and how a picture shows them, topmost first
 * @param maker makes its rules
 */
record Title(
    String name,
    String description,
    List<Integer> minimalActions,
    List<Layer> layers,
    Maker maker) {
  static final List<Title> ALL =
      List.of(Asterix.TITLE, Breakout.TITLE, Freeway.TITLE, Seaquest.TITLE, SpaceInvaders.TITLE);

  Title {
    minimalActions = List.copyOf(minimalActions);
    layers = List.copyOf(layers);
  }

  int channels() {
    return layers.size();
  }

  /** Makes the rules of a game for a number of lanes. */
  interface Maker {
    Game make(int lanes, boolean ramping);
  }
}
