package dev.relive.cli.page;

/**
 * One server-sent event.
 *
 * @param name what the script listens for
 * @param data JSON in one line
 */
record ServerEvent(String name, String data) {

  String text() {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }
}
