package dev.relive.log;

import org.jspecify.annotations.Nullable;

/** What a record is, by the third letter of its magic number. */
enum RecordKind {
  SEGMENT('S'),
  EPISODE('E'),
  RUN_SPEC('R'),
  RUN_STATE('T'),
  RUN_VERDICT('V'),
  PROGRESS('P'),
  POLICY('A'),
  SNAPSHOT('W'),
  CHECKPOINT_PART('C'),
  EVALUATION('O');

  private final char letter;

  RecordKind(char letter) {
    this.letter = letter;
  }

  int letter() {
    return letter;
  }

  static @Nullable RecordKind of(int letter) {
    for (RecordKind kind : values()) {
      if (kind.letter == letter) {
        return kind;
      }
    }
    return null;
  }
}
