package dev.relive.containers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

/** The Prometheus of the containers, asked as Grafana asks it. */
final class Prometheus {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int BETWEEN_LOOKS_MILLIS = 500;
  private static final String PANEL = "Evaluation return";

  private final int port;

  Prometheus(int port) {
    this.port = port;
  }

  /** What the panel of the rewards asks, with everything chosen. */
  static String rewards() {
    return JsonParser.parseString(Checkout.text("dashboards/grafana/relive-overview.json"))
        .getAsJsonObject()
        .getAsJsonArray("panels")
        .asList()
        .stream()
        .map(JsonElement::getAsJsonObject)
        .filter(panel -> panel.get("title").getAsString().equals(PANEL))
        .map(panel -> panel.getAsJsonArray("targets").get(0).getAsJsonObject())
        .map(target -> target.get("expr").getAsString())
        .map(query -> query.replaceAll("\\$(job|run|environment)", ".+"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("The overview has no panel " + PANEL));
  }

  /** The results of a query, each with its labels; empty while the server does not answer. */
  private JsonArray results(String query) throws InterruptedException {
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/api/v1/query?query=%s"
                .formatted(port, URLEncoder.encode(query, UTF_8)));
    try {
      String body = HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
      return JsonParser.parseString(body)
          .getAsJsonObject()
          .getAsJsonObject("data")
          .getAsJsonArray("result");
    } catch (IOException e) {
      return new JsonArray();
    }
  }

  /** The largest value of a query; empty where it returns none. */
  OptionalDouble value(String query) throws InterruptedException {
    return results(query).asList().stream()
        .flatMapToDouble(
            result ->
                DoubleStream.of(
                    result.getAsJsonObject().getAsJsonArray("value").get(1).getAsDouble()))
        .max();
  }

  /** The different values of a label in the results of a query. */
  List<String> labels(String query, String label) throws InterruptedException {
    return results(query).asList().stream()
        .map(JsonElement::getAsJsonObject)
        .map(result -> result.getAsJsonObject("metric"))
        .filter(metric -> metric.has(label))
        .map(metric -> metric.get(label).getAsString())
        .distinct()
        .toList();
  }

  /** Waits until the largest value of a query is at least so much, and returns it. */
  double awaitAtLeast(String query, double least, Duration limit) throws Exception {
    await(() -> value(query).orElse(Double.NEGATIVE_INFINITY) >= least, query, limit);
    return value(query).orElse(least);
  }

  static void await(Callable<Boolean> condition, String what, Duration limit) throws Exception {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited %s in vain for %s".formatted(limit, what));
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
    }
  }
}
