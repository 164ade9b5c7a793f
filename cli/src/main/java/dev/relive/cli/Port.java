package dev.relive.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A port, and whether the user stated it: one that is only usual may be replaced by a free one.
 *
 * @param number 1 to 65535, or 0 for a free one
 */
record Port(int number, boolean stated) {

  static final String ALLOWED = "from 0 to 65535";

  static Port usual(int number) {
    return new Port(number, false);
  }

  @Override
  public String toString() {
    return Integer.toString(number);
  }

  /** Reads what the user states. */
  static final class Converter implements ITypeConverter<Port> {
    @Override
    public Port convert(String text) {
      try {
        int number = Integer.parseInt(text);
        if (number >= 0 && number <= 65_535) {
          return new Port(number, true);
        }
      } catch (NumberFormatException e) {
        throw new TypeConversionException(text + " is no number: " + e.getMessage());
      }
      throw new TypeConversionException(text + " is not " + ALLOWED);
    }
  }
}
