package dev.relive.environments.toytext;

/**
 * Where all are, numbered ((row 5 + column) 5 + passenger) 4 + destination.
 *
 * @param row the taxi's, from the north
 * @param column the taxi's, from the west
 * @param passenger the number of a stand, or {@link #ABOARD}
 * @param destination the number of a stand
 */
record TaxiState(int row, int column, int passenger, int destination) {
  static final int ABOARD = 4;
  static final int COUNT = 500;

  /** How many of them an episode can begin with. */
  static final int STARTS = 300;

  static TaxiState of(int number) {
    return new TaxiState(number / 100, number / 20 % 5, number / 4 % 5, number % 4);
  }

  int number() {
    return ((row * 5 + column) * 5 + passenger) * 4 + destination;
  }

  boolean aboard() {
    return passenger == ABOARD;
  }

  TaxiState withPassenger(int place) {
    return new TaxiState(row, column, place, destination);
  }

  TaxiState withDestination(int stand) {
    return new TaxiState(row, column, passenger, stand);
  }
}
