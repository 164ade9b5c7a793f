package dev.relive.dashboards;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real Prometheus that looks every second, with the rules of the checkout. */
final class RunningPrometheus implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final URI address;

  private RunningPrometheus(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts one.
   *
   * @param alerts the rules of alerts
   * @param targets what it looks at, by host and port
   */
  static RunningPrometheus start(
      PrometheusTools tools, Path directory, String alerts, List<String> targets)
      throws IOException {
    Files.createDirectories(directory);
    int port = ReliveProcess.freePort();
    Files.writeString(directory.resolve("recording.rules.yml"), RulesFile.recording());
    Files.writeString(directory.resolve("alerts.rules.yml"), alerts);
    Path config =
        Files.writeString(
            directory.resolve("prometheus.yml"),
            """
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: [recording.rules.yml, alerts.rules.yml]
            scrape_configs:
              - job_name: relive
                static_configs: [{ targets: [%s] }]
            """
                .formatted("'" + String.join("','", targets) + "'"));
    Process process =
        tools.server(
            List.of(
                "--config.file=" + config,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port),
            directory.resolve("prometheus.txt"));
    return new RunningPrometheus(process, URI.create("http://127.0.0.1:" + port));
  }

  /** What a query returns now; empty while the server does not answer. */
  JsonArray query(String query) throws InterruptedException {
    URI uri = address.resolve("/api/v1/query?query=" + URLEncoder.encode(query, UTF_8));
    HttpResponse<String> response;
    try {
      response = HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      return new JsonArray();
    }
    if (response.statusCode() == HttpURLConnection.HTTP_UNAVAILABLE) {
      return new JsonArray(); // It reads its own log before it answers.
    }
    JsonObject answer = JsonParser.parseString(response.body()).getAsJsonObject();
    if (!answer.get("status").getAsString().equals("success")) {
      throw new AssertionError(query + ": " + response.body());
    }
    return answer.getAsJsonObject("data").getAsJsonArray("result");
  }

  /** Waits until an alert fires. */
  void awaitFiring(Alert alert) throws Exception {
    Await.that(() -> isFiring(alert), alert.alertName() + " to fire");
  }

  boolean isFiring(Alert alert) throws InterruptedException {
    return !query("ALERTS{alertstate=\"firing\",alertname=\"" + alert.alertName() + "\"}")
        .isEmpty();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
