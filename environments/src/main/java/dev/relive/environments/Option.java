package dev.relive.environments;

import org.jspecify.annotations.Nullable;

/**
 * Something about an environment that can be chosen by name.
 *
 * @param initial its value where none is chosen
 */
record Option(String name, Kind kind, Object initial) {
  enum Kind {
    FLAG("true or false") {
      @Override
      @Nullable Object parsed(String text) {
        return switch (text) {
          case "true" -> true;
          case "false" -> false;
          default -> null;
        };
      }
    },
    NUMBER("a finite number") {
      @Override
      @Nullable Object parsed(String text) {
        try {
          double number = Double.parseDouble(text);
          return Double.isFinite(number) ? number : null;
        } catch (NumberFormatException e) {
          return null;
        }
      }
    };

    private final String allowed;

    Kind(String allowed) {
      this.allowed = allowed;
    }

    /** The value that the text stands for; null if it stands for none. */
    abstract @Nullable Object parsed(String text);
  }

  static Option flag(String name, boolean initial) {
    return new Option(name, Kind.FLAG, initial);
  }

  static Option number(String name, double initial) {
    return new Option(name, Kind.NUMBER, initial);
  }

  String allowed() {
    return kind.allowed;
  }
}
