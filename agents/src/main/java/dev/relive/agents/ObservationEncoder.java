package dev.relive.agents;

/** Does to observations what an {@link ObservationEncoding} says. Allocates nothing. */
public final class ObservationEncoder {
  private final ObservationEncoding encoding;
  private final int[] categories;
  private final int[] firsts;
  private final boolean identity;
  private final boolean keepsNumbers;
  private Normalisation normalisation;

  /** Before any statistics are known: numbers are normalised by nothing. */
  public ObservationEncoder(ObservationEncoding encoding) {
    this.encoding = encoding;
    categories = encoding.categories().stream().mapToInt(Integer::intValue).toArray();
    firsts = encoding.firsts().stream().mapToInt(Integer::intValue).toArray();
    identity = encoding.isIdentity();
    keepsNumbers = !encoding.normalised() && !encoding.oneHot();
    normalisation = Normalisation.none(categories.length);
  }

  /** What it does. */
  public ObservationEncoding encoding() {
    return encoding;
  }

  /** Whether observations stay as they are. */
  public boolean isIdentity() {
    return identity;
  }

  /** The statistics in use. */
  public Normalisation normalisation() {
    return normalisation;
  }

  /** Normalises by these statistics from now on, if it does. */
  public void use(Normalisation statistics) {
    normalisation = statistics;
  }

  /**
   * Encodes one raw observation as one frame.
   *
   * @param raw holds it from {@code from} on
   * @param frame receives it from {@code to} on
   * @throws IllegalArgumentException when a number should be a category and is none
   */
  public void encode(float[] raw, int from, float[] frame, int to) {
    if (keepsNumbers) {
      System.arraycopy(raw, from, frame, to, categories.length);
      return;
    }
    int next = to;
    for (int i = 0; i < categories.length; i++) {
      float value = raw[from + i];
      if (categories[i] > 0) {
        oneHot(i, value, frame, next);
        next += categories[i];
      } else {
        frame[next++] = encoding.normalised() ? normalisation.of(i, value) : value;
      }
    }
  }

  private void oneHot(int element, float value, float[] frame, int to) {
    int count = categories[element];
    int category = (int) value - firsts[element];
    if (category < 0 || category >= count || (int) value != value) {
      throw new IllegalArgumentException(
          "Number %d of an observation is %s, and must be a whole number from %d to %d."
              .formatted(element, value, firsts[element], firsts[element] + count - 1));
    }
    for (int i = 0; i < count; i++) {
      frame[to + i] = 0;
    }
    frame[to + category] = 1;
  }
}
