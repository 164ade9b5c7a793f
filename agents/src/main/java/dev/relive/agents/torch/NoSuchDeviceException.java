package dev.relive.agents.torch;

/** A device was asked for that is not here; the message is a sentence for whoever asked. */
public final class NoSuchDeviceException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  NoSuchDeviceException(String sentence) {
    super(sentence);
  }
}
