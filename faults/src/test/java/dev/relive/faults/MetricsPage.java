package dev.relive.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What a process says of itself over HTTP, as Prometheus gets it. */
final class MetricsPage {
  private final String text;

  private MetricsPage(String text) {
    this.text = text;
  }

  static MetricsPage at(int port) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
    return new MetricsPage(
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  /** The only value of a name. */
  long value(String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + "{"))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .mapToLong(value -> Math.round(Double.parseDouble(value)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no metric " + name + " in " + text));
  }
}
