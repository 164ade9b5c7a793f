package dev.relive.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.prometheus.metrics.core.metrics.Counter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpEndpointTest {

  private final Metrics metrics = new Metrics();
  private final Health health = new Health();
  private final HttpEndpoint endpoint = HttpEndpoint.open("127.0.0.1", 0, metrics, health);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    endpoint.close();
    metrics.close();
  }

  @Test
  void showsMetricsAsPrometheusText() throws Exception {
    Counter.builder().name("segments_total").help("Segments.").register(metrics.registry()).inc(3);
    HttpResponse<String> answer = get("metrics", "text/plain");
    assertEquals(200, answer.statusCode());
    assertTrue(contentType(answer).startsWith("text/plain; version=0.0.4"), contentType(answer));
    assertTrue(answer.body().contains("# TYPE segments_total counter\nsegments_total 3.0\n"));
    assertTrue(answer.body().contains("# TYPE jvm_memory_used_bytes gauge\n"));
    assertTrue(answer.body().contains("# TYPE process_cpu_usage gauge\n"));
  }

  @Test
  void showsMetricsAsOpenMetricsToAPrometheusThatAsksForIt() throws Exception {
    HttpResponse<String> answer =
        get(
            "metrics",
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,"
                + "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
                + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2");
    assertEquals(200, answer.statusCode());
    assertTrue(
        contentType(answer).startsWith("application/openmetrics-text; version=1.0.0"),
        contentType(answer));
    assertTrue(answer.body().endsWith("# EOF\n"));
  }

  @Test
  void tellsWhenItsMetricsWereAskedForOnceMore() throws Exception {
    assertEquals(Optional.empty(), endpoint.nextScrape());
    get("metrics", "text/plain");
    CompletableFuture<Void> next = endpoint.nextScrape().orElseThrow();
    get("health/live", "*/*");
    assertFalse(next.isDone());
    get("metrics", "text/plain");
    next.get();
    assertFalse(endpoint.nextScrape().orElseThrow().isDone());
  }

  @Test
  void tellsOfHealthWithTheReason() throws Exception {
    health.addReady("log", Optional::empty);
    assertEquals(
        "{\"ok\":true,\"checks\":[{\"name\":\"log\",\"ok\":true}]}\n",
        get("health/ready", "*/*").body());

    health.addReady("run", () -> Optional.of("No run is \"active\"."));
    HttpResponse<String> ready = get("health/ready", "*/*");
    assertEquals(503, ready.statusCode());
    assertEquals("application/json", contentType(ready));
    assertEquals(
        "{\"ok\":false,\"checks\":[{\"name\":\"log\",\"ok\":true},"
            + "{\"name\":\"run\",\"ok\":false,\"reason\":\"No run is \\\"active\\\".\"}]}\n",
        ready.body());
    HttpResponse<String> live = get("health/live", "*/*");
    assertEquals(200, live.statusCode());
    assertEquals("{\"ok\":true,\"checks\":[]}\n", live.body());
  }

  @Test
  void linksItsPagesFromTheIndex() throws Exception {
    endpoint.add(
        "/live", "the run as it goes", exchange -> HttpAnswer.sendSentence(exchange, 200, "x"));
    String index = get("", "*/*").body();
    for (String path : new String[] {"/metrics", "/health/live", "/health/ready", "/live"}) {
      assertTrue(index.contains("<a href=\"" + path + "\">"), index);
    }
    assertEquals("x\n", get("live", "*/*").body());
  }

  @Test
  void showsAFrontPageInPlaceOfTheIndex() throws Exception {
    endpoint.setFrontPage(exchange -> HttpAnswer.sendSentence(exchange, 200, "front"));

    assertEquals("front\n", get("", "*/*").body());
    assertEquals(404, get("nothing", "*/*").statusCode());
    assertEquals(200, get("metrics", "*/*").statusCode());
  }

  @Test
  void answersOnlyItsOwnPathsAndOnlyReading() throws Exception {
    assertEquals(404, get("nothing", "*/*").statusCode());
    assertEquals(404, get("metrics/more", "*/*").statusCode());
    endpoint.add("/files/", "files", exchange -> HttpAnswer.sendSentence(exchange, 200, "x"));
    assertEquals(200, get("files/more", "*/*").statusCode());
    HttpRequest post =
        HttpRequest.newBuilder(endpoint.uri()).POST(HttpRequest.BodyPublishers.noBody()).build();
    assertEquals(405, client.send(post, BodyHandlers.ofString()).statusCode());
    HttpRequest head =
        HttpRequest.newBuilder(endpoint.uri().resolve("metrics"))
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> headAnswer = client.send(head, BodyHandlers.ofString());
    assertEquals(200, headAnswer.statusCode());
    assertEquals("", headAnswer.body());
  }

  @Test
  void answersForAPageThatFails() throws Exception {
    endpoint.add(
        "/broken",
        "a page",
        exchange -> {
          throw new IllegalStateException("no state");
        });
    HttpResponse<String> answer = get("broken", "*/*");
    assertEquals(500, answer.statusCode());
    assertEquals("The page failed: java.lang.IllegalStateException: no state.\n", answer.body());
  }

  @Test
  void refusesRequestsBeyondItsCapacityAndRecovers() throws Exception {
    int capacity = 32;
    CountDownLatch entered = new CountDownLatch(capacity);
    CountDownLatch release = new CountDownLatch(1);
    endpoint.add(
        "/slow",
        "a page that waits",
        exchange -> {
          entered.countDown();
          awaitUninterrupted(release);
          HttpAnswer.sendSentence(exchange, 200, "done");
        });
    HttpRequest slow = HttpRequest.newBuilder(endpoint.uri().resolve("slow")).build();
    var answers =
        IntStream.range(0, capacity)
            .mapToObj(i -> client.sendAsync(slow, BodyHandlers.ofString()))
            .toList();
    entered.await();
    assertEquals(503, get("health/live", "*/*").statusCode());
    release.countDown();
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertEquals(200, answer.get().statusCode());
    }
    assertEquals(200, get("health/live", "*/*").statusCode());
  }

  @Test
  void survivesAClientThatHangsUp() throws Exception {
    try (Socket socket = new Socket(endpoint.uri().getHost(), endpoint.uri().getPort())) {
      socket
          .getOutputStream()
          .write("GET /metrics HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    assertEquals(200, get("health/live", "*/*").statusCode());
  }

  @Test
  void saysWhyItCannotListen() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertRefused(
          "127.0.0.1",
          port,
          "Port %d of 127.0.0.1 cannot serve metrics and health (Address already in use); --http-port states another, and 0 takes a free one."
              .formatted(port));
    }
    assertRefused(
        "127.0.0.1",
        70_000,
        "The HTTP port is 70000, but a port is 1 to 65535, or 0 for a free one.");
    assertRefused(
        "no-such-host.invalid",
        0,
        "The HTTP host no-such-host.invalid is no name or address known here.");
  }

  private void assertRefused(String host, int port, String sentence) {
    UserException refusal =
        assertThrows(
            UserException.class, () -> HttpEndpoint.open(host, port, metrics, health).close());
    assertEquals(sentence, refusal.getMessage());
  }

  private HttpResponse<String> get(String path, String accept) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.uri().resolve(path)).header("Accept", accept).build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static String contentType(HttpResponse<?> answer) {
    return answer.headers().firstValue("Content-Type").orElseThrow();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
