package dev.relive.broker;

/** Is told when a broker's disk has no room for more experience, and when it has again. */
@FunctionalInterface
public interface RoomListener {
  /**
   * It has changed.
   *
   * @param isRoom whether experience is taken now
   * @param sentence says so with its reason
   */
  void onRoom(boolean isRoom, String sentence);
}
