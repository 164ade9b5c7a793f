package dev.relive.cli.display;

import dev.relive.cli.display.StyledLine.Style;

/**
 * A line of a terminal under a label.
 *
 * @param label may be empty: the row belongs to the one above
 */
record Row(String label, StyledLine content) {

  /** Columns that a label takes. */
  static final int LABEL_WIDTH = 12;

  StyledLine line() {
    return new StyledLine()
        .add(Style.ACCENT, label + " ".repeat(LABEL_WIDTH - label.length()))
        .add(content);
  }
}
