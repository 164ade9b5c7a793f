package dev.relive.cli.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.relive.cli.display.Evaluations;
import dev.relive.cli.display.Learner;
import dev.relive.cli.display.Measurement;
import dev.relive.cli.display.Producer;
import dev.relive.cli.display.ProgressView;
import dev.relive.cli.display.Training;
import dev.relive.cli.display.Work;
import dev.relive.evaluator.EvaluationSummary;
import dev.relive.log.LogConnection;
import dev.relive.log.wire.Evaluation;
import dev.relive.service.Health;
import dev.relive.service.HttpEndpoint;
import dev.relive.service.Metrics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page over real HTTP, with a run that is made up. */
final class LivePageTest {

  private final Metrics metrics = new Metrics();
  private final HttpEndpoint endpoint = HttpEndpoint.open("127.0.0.1", 0, metrics, new Health());
  private final LivePage page = new LivePage();
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<EvaluationSummary> greedy = new CopyOnWriteArrayList<>();

  LivePageTest() {
    page.serveAt(endpoint);
    page.watch(
        new WatchedRun(
            LogConnection.to("127.0.0.1:1"),
            "run",
            new WatchedRun.Evaluations() {
              @Override
              public Collection<EvaluationSummary> greedy() {
                return greedy;
              }

              @Override
              public Collection<EvaluationSummary> stochastic() {
                return List.of();
              }
            }));
  }

  @AfterEach
  void close() {
    page.close();
    endpoint.close();
    metrics.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /                        | text/html; charset=utf-8
          /page/page.css           | text/css; charset=utf-8
          /page/page.js            | text/javascript; charset=utf-8
          /page/icon.svg           | image/svg+xml
          /page/uPlot.min.css      | text/css; charset=utf-8
          /page/uPlot.iife.min.js  | text/javascript; charset=utf-8
          """)
  void servesItsFilesAndForbidsOtherHosts(String path, String type) throws Exception {
    HttpResponse<String> answer = get(path);

    assertEquals(200, answer.statusCode());
    assertEquals(type, answer.headers().firstValue("Content-Type").orElseThrow());
    String policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
    assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
    if (!path.contains("uPlot")) {
      String plain = answer.body().replace("http://www.w3.org/2000/svg", "");
      assertFalse(plain.contains("http:") || plain.contains("https:"), path);
    }
  }

  @Test
  void hasNoOtherFiles() throws Exception {
    assertEquals(404, get("/page/../page.html").statusCode());
    assertEquals(404, get("/page/page.html").statusCode());
    assertEquals(200, get("/metrics").statusCode());
    assertEquals(200, get("/health/live").statusCode());
  }

  @Test
  void tellsALateBrowserEverythingAndThenTheNews() throws Exception {
    greedy.add(evaluation(1, 500, 20));
    page.see(view(0));
    page.see(view(10)); // The same second.
    page.see(view(1_000));
    try (Events events = new Events()) {
      JsonObject start = events.next("start");
      assertEquals(
          "[0.0,1.0]", start.getAsJsonObject("history").getAsJsonArray("seconds").toString());
      assertEquals(
          "[100.0,1100.0]", start.getAsJsonObject("history").getAsJsonArray("steps").toString());
      assertEquals("CartPole-v1 · seed 5", start.get("title").getAsString());
      assertEquals("learning", start.get("activity").getAsString());
      assertEquals(475, start.get("threshold").getAsDouble());
      assertEquals(List.of(20.0), means(start));

      greedy.add(evaluation(4, 900, 130));
      page.see(view(2_000));
      JsonObject news = events.next("sample");
      JsonObject sample = news.getAsJsonObject("sample");
      assertEquals(2.0, sample.get("seconds").getAsDouble());
      assertEquals(2_100, sample.get("steps").getAsDouble());
      assertEquals(0.25, sample.get("epsilon").getAsDouble());
      assertEquals(64, sample.get("lead").getAsDouble());
      assertEquals(List.of(130.0), means(news));
    }
  }

  @Test
  void aBrowserThatReadsNothingHoldsNothingAndOthersGoOn() throws Exception {
    try (Events slow = new Events();
        Events other = new Events()) {
      assertTrue(slow.next("start").has("history"));
      assertTrue(other.next("start").has("history"));
      for (int second = 1; second <= 50_000; second++) {
        page.see(view(1_000L * second));
      }
      page.see(view(60_000_000));
      JsonObject last = other.next("sample");
      while (last.getAsJsonObject("sample").get("seconds").getAsDouble() < 60_000) {
        last = other.next("sample");
      }
      assertEquals(200, get("/metrics").statusCode());
    }
  }

  @Test
  void refusesMorePagesThanItHasRoomFor() throws Exception {
    List<Events> open = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        open.add(new Events());
        assertTrue(open.get(i).next("start").has("history"));
      }
      HttpResponse<String> refused = get("/page/events");
      assertEquals(503, refused.statusCode());
      assertEquals("Too many pages are open already.\n", refused.body());
      assertEquals(200, get("/health/live").statusCode());
    } finally {
      for (Events each : open) {
        each.close();
      }
    }
  }

  @Test
  void endsItsEventsWhenItIsClosed() throws Exception {
    try (Events events = new Events()) {
      assertTrue(events.next("start").has("history"));
      page.close();
      assertEquals("the end", events.line());
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.uri().resolve(path))
            .timeout(Duration.ofSeconds(20))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static List<Double> means(JsonObject event) {
    JsonArray evaluations = event.getAsJsonArray("greedy");
    return evaluations.asList().stream()
        .map(each -> each.getAsJsonObject().get("mean").getAsDouble())
        .toList();
  }

  private static EvaluationSummary evaluation(long version, long steps, double mean) {
    return EvaluationSummary.of(
        Evaluation.newBuilder()
            .setVersion(version)
            .setRunSteps(steps)
            .setGreedy(true)
            .addReturns(mean)
            .build());
  }

  private static ProgressView view(long millis) {
    return new ProgressView(
        List.of("CartPole-v1", "seed 5"),
        "learning",
        Duration.ofMillis(millis),
        List.of(
            new Work(100 + millis, 9_000, 10, 20, 30),
            new Training(3, 100, 21.5, List.of(new Measurement(Measurement.EPSILON, 0.25, "0.25"))),
            new Evaluations(List.of(), 475),
            new Learner("replay", 5, 10, 0, 1, 1, 0, 0),
            new Producer(64, 512, Map.of())),
        "log",
        null);
  }

  /** What one browser is told. */
  private final class Events implements AutoCloseable {
    private final InputStream body;
    private final BufferedReader lines;

    Events() throws IOException, InterruptedException {
      HttpRequest request = HttpRequest.newBuilder(endpoint.uri().resolve("/page/events")).build();
      body = client.send(request, BodyHandlers.ofInputStream()).body();
      lines = new BufferedReader(new InputStreamReader(body, UTF_8));
    }

    /** The next event, which must have this name. */
    JsonObject next(String name) throws IOException {
      String line = line();
      while (!line.startsWith("event: ")) {
        line = line();
      }
      assertEquals("event: " + name, line);
      String data = line();
      assertTrue(data.startsWith("data: "), data);
      return JsonParser.parseString(data.substring("data: ".length())).getAsJsonObject();
    }

    String line() throws IOException {
      String line = lines.readLine();
      while (line != null && (line.isEmpty() || line.startsWith("retry"))) {
        line = lines.readLine();
      }
      return line == null ? "the end" : line;
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
