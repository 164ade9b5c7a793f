package dev.relive.cli.display;

import java.util.ArrayList;
import java.util.List;

/** A line of text in pieces, each with a style, that can be cut to a width. */
final class StyledLine {

  /** How a terminal shows a piece: the parameters of its "select graphic rendition" sequence. */
  enum Style {
    PLAIN(""),
    BOLD("1"),
    FAINT("2"),
    GOOD("1;32"),
    WARNING("1;33"),
    ACCENT("36");

    private final String parameters;

    Style(String parameters) {
      this.parameters = parameters;
    }

    private String around(String text) {
      return parameters.isEmpty() ? text : "\u001b[" + parameters + "m" + text + "\u001b[0m";
    }
  }

  private record Piece(String text, Style style) {}

  private final List<Piece> pieces = new ArrayList<>();

  /** Adds a piece. All characters are taken to be one column wide, as those shown here are. */
  StyledLine add(Style style, String text) {
    pieces.add(new Piece(text, style));
    return this;
  }

  StyledLine add(StyledLine other) {
    pieces.addAll(other.pieces);
    return this;
  }

  StyledLine add(String text) {
    return add(Style.PLAIN, text);
  }

  /** The line in at most {@code columns} columns; the last one tells that something is cut. */
  String render(int columns, boolean colours) {
    StringBuilder line = new StringBuilder();
    int left = columns;
    int length = pieces.stream().mapToInt(piece -> piece.text().length()).sum();
    boolean cut = length > columns;
    for (Piece piece : pieces) {
      int room = Math.min(piece.text().length(), cut ? left - 1 : left);
      String text = piece.text().substring(0, Math.max(0, room));
      if (!text.isEmpty()) {
        line.append(colours ? piece.style().around(text) : text);
      }
      left -= text.length();
    }
    return cut ? line.append('…').toString() : line.toString();
  }
}
