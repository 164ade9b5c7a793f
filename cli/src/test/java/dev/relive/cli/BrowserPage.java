package dev.relive.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One page of a Chromium, by the DevTools protocol. */
final class BrowserPage implements AutoCloseable {

  private static final long ANSWER_SECONDS = 60;

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonObject>> awaited = new ConcurrentHashMap<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();

  private BrowserPage(Process process, String address) throws IOException, InterruptedException {
    this.process = process;
    HttpClient client = HttpClient.newHttpClient();
    URI browser = URI.create(address);
    URI pages = URI.create("http://" + browser.getAuthority() + "/json/list");
    String listed =
        client.send(HttpRequest.newBuilder(pages).build(), BodyHandlers.ofString()).body();
    String page =
        JsonParser.parseString(listed).getAsJsonArray().asList().stream()
            .map(JsonElement::getAsJsonObject)
            .filter(each -> each.get("type").getAsString().equals("page"))
            .map(each -> each.get("webSocketDebuggerUrl").getAsString())
            .findFirst()
            .orElseThrow();
    socket = client.newWebSocketBuilder().buildAsync(URI.create(page), new Listener()).join();
    for (String domain : List.of("Runtime", "Log", "Page", "Network")) {
      var unused = call(domain + ".enable", "{}");
    }
  }

  /** Starts a browser of its own. */
  static BrowserPage open(Chromium chromium, Path profile)
      throws IOException, InterruptedException {
    Process process = chromium.start(profile);
    try {
      String address = Chromium.address(process);
      Thread reading = new Thread(() -> drain(process), "chromium output");
      reading.setDaemon(true);
      reading.start();
      return new BrowserPage(process, address);
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static void drain(Process process) {
    try {
      var unused = process.getInputStream().readAllBytes();
    } catch (IOException e) {
      // It has ended.
    }
  }

  JsonObject call(String method, String parameters) {
    int id = calls.incrementAndGet();
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    awaited.put(id, answer);
    var unused =
        socket
            .sendText(
                "{\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, parameters),
                true)
            .join();
    JsonObject found = answer.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
    if (found.has("error")) {
      throw new IllegalStateException(method + ": " + found.get("error"));
    }
    return found.getAsJsonObject("result");
  }

  void show(URI address) {
    var unused = call("Page.navigate", "{\"url\":\"%s\"}".formatted(address));
  }

  /** What a script's expression is; null as text where there is nothing. */
  String evaluate(String script) {
    JsonObject parameters = new JsonObject();
    parameters.addProperty("expression", script);
    parameters.addProperty("returnByValue", true);
    JsonObject answer = call("Runtime.evaluate", parameters.toString());
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(script + ": " + answer.get("exceptionDetails"));
    }
    JsonElement value = answer.getAsJsonObject("result").get("value");
    return value == null || value.isJsonNull() ? "null" : value.getAsString();
  }

  /** Waits until an expression is true; one that cannot be evaluated yet is not. */
  void awaitThat(String script) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(ANSWER_SECONDS).toNanos();
    String guarded = "(() => { try { return Boolean(%s) } catch { return false } })()";
    while (!evaluate(guarded.formatted(script)).equals("true")) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "never true: %s; errors: %s; %s"
                .formatted(script, errors, evaluate("document.body.innerText")));
      }
      Thread.sleep(100);
    }
  }

  void size(int width, int height, boolean phone) {
    var unused =
        call(
            "Emulation.setDeviceMetricsOverride",
            "{\"width\":%d,\"height\":%d,\"deviceScaleFactor\":1,\"mobile\":%s}"
                .formatted(width, height, phone));
  }

  void scheme(String scheme) {
    var unused =
        call(
            "Emulation.setEmulatedMedia",
            "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"%s\"}]}"
                .formatted(scheme));
  }

  void screenshot(Path file) throws IOException {
    String data =
        call("Page.captureScreenshot", "{\"format\":\"png\",\"captureBeyondViewport\":true}")
            .get("data")
            .getAsString();
    Files.write(file, Base64.getDecoder().decode(data));
  }

  /** What the console says of errors, and what the page asked of other hosts in vain. */
  List<String> errors() {
    return List.copyOf(errors);
  }

  private void take(JsonObject message) {
    if (message.has("id")) {
      CompletableFuture<JsonObject> waiting = awaited.remove(message.get("id").getAsInt());
      if (waiting != null) {
        waiting.complete(message);
      }
      return;
    }
    String method = message.get("method").getAsString();
    JsonObject parameters = message.getAsJsonObject("params");
    boolean failed =
        switch (method) {
          case "Runtime.exceptionThrown" -> true;
          case "Runtime.consoleAPICalled" -> parameters.get("type").getAsString().equals("error");
          case "Log.entryAdded" ->
              parameters.getAsJsonObject("entry").get("level").getAsString().equals("error");
          default -> false;
        };
    if (failed) {
      errors.add(parameters.toString());
    }
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        take(JsonParser.parseString(text.toString()).getAsJsonObject());
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }
  }
}
