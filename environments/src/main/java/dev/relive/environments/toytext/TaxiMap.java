package dev.relive.environments.toytext;

import dev.relive.environments.tabular.GridPainter;
import dev.relive.environments.tabular.StatePicture;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;

/** The streets of {@link Taxi}, and pictures of what happens there. */
final class TaxiMap implements StatePicture {
  /** Cells of five rows and columns with what is between them: a way (:) or a wall (|). */
  private static final List<String> STREETS =
      List.of("R: | : :G", " : | : : ", " : : : : ", " | : | : ", "Y| : |B: ");

  private static final String STANDS = "RGYB";
  private static final Color FREE = new Color(230, 180, 40);
  private static final Color OCCUPIED = new Color(70, 150, 70);
  private static final Color PASSENGER = new Color(90, 110, 200);
  private static final Color DESTINATION = new Color(225, 190, 225);

  /** Whether one gets from a cell to a neighbouring one, which may be off the map. */
  static boolean passable(int row, int column, int toRow, int toColumn) {
    boolean inside = toRow >= 0 && toRow < 5 && toColumn >= 0 && toColumn < 5;
    return inside && (row != toRow || STREETS.get(row).charAt(column + toColumn) == ':');
  }

  /** The number of the stand in a cell; -1: none. */
  static int standAt(int row, int column) {
    char letter = STREETS.get(row).charAt(2 * column);
    return letter == ' ' ? -1 : STANDS.indexOf(letter);
  }

  /** The streets with the taxi as T or, with the passenger, @; then where the passenger is. */
  @Override
  public String text(int number) {
    TaxiState state = TaxiState.of(number);
    StringBuilder text = new StringBuilder("+---------+\n");
    for (int row = 0; row < STREETS.size(); row++) {
      StringBuilder street = new StringBuilder(STREETS.get(row));
      if (row == state.row()) {
        street.setCharAt(2 * state.column(), state.aboard() ? '@' : 'T');
      }
      text.append('|').append(street).append("|\n");
    }
    return text.append("+---------+\n")
        .append(
            "Passenger %s, to %s\n"
                .formatted(
                    state.aboard() ? "in the taxi" : "at " + STANDS.charAt(state.passenger()),
                    STANDS.charAt(state.destination())))
        .toString();
  }

  @Override
  public BufferedImage image(int number) {
    TaxiState state = TaxiState.of(number);
    GridPainter painter = new GridPainter(5, 5);
    for (int row = 0; row < 5; row++) {
      for (int column = 0; column < 5; column++) {
        paintCell(painter, row, column, state);
      }
    }
    for (int row = 0; row < 5; row++) {
      for (int column = 0; column < 4; column++) {
        if (!passable(row, column, row, column + 1)) {
          painter.wallRightOf(row, column);
        }
      }
    }
    return painter.image();
  }

  private static void paintCell(GridPainter painter, int row, int column, TaxiState state) {
    int stand = standAt(row, column);
    if (stand == state.destination()) {
      painter.fill(row, column, DESTINATION);
    }
    if (row == state.row() && column == state.column()) {
      painter.disc(row, column, 0.8, state.aboard() ? OCCUPIED : FREE);
    }
    if (stand >= 0 && stand == state.passenger()) {
      painter.disc(row, column, 0.55, PASSENGER);
    }
    if (stand >= 0) {
      painter.write(row, column, STANDS.substring(stand, stand + 1));
    }
  }
}
