package dev.relive.service;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What a process tells over HTTP: {@code /metrics}, {@code /health/live}, {@code /health/ready},
 * and the pages that services add. It answers GET and HEAD and changes nothing.
 */
public final class HttpEndpoint implements AutoCloseable {

  /** Requests answered at a time; a page that streams holds one of them while it is open. */
  private static final int CONCURRENT_REQUESTS = 32;

  /** Requests answered, being read, and being told that there are too many. */
  private static final int THREADS = 2 * CONCURRENT_REQUESTS;

  private static final int IDLE_SECONDS = 30;

  static {
    // The JDK's server reads its settings once, when it is first used. Without the first one each
    // answer waits 40 ms for an acknowledgement; without the second, requests that are never
    // finished hold threads for ever.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
  }

  private final String host;
  private final HttpServer server;
  private final MetricsHandler metrics;
  private final ThreadPoolExecutor threads = threads();
  private final Semaphore capacity = new Semaphore(CONCURRENT_REQUESTS);
  private final Map<String, String> titles = new ConcurrentSkipListMap<>();
  private volatile HttpHandler frontPage = new IndexHandler(titles);

  private HttpEndpoint(String host, HttpServer server, MetricsHandler metrics) {
    this.host = host;
    this.server = server;
    this.metrics = metrics;
    server.setExecutor(threads);
    server.createContext(
        "/", new GuardedHandler("/", capacity, exchange -> frontPage.handle(exchange)));
    server.start();
  }

  /**
   * Opens an endpoint that shows these metrics and this health.
   *
   * @param host the name or address to listen on; only a loopback address keeps others out
   * @param port 1 to 65535, or 0 for a free one
   * @throws UserException if nothing can listen there
   */
  public static HttpEndpoint open(String host, int port, Metrics metrics, Health health) {
    MetricsHandler shown = new MetricsHandler(metrics.registry());
    HttpEndpoint endpoint = new HttpEndpoint(host, bind(host, port), shown);
    endpoint.add("/metrics", "metrics for Prometheus", shown);
    endpoint.add(
        "/health/live", "whether the process works at all", new HealthHandler(health::live));
    endpoint.add(
        "/health/ready", "whether it has all that it needs", new HealthHandler(health::ready));
    return endpoint;
  }

  private static HttpServer bind(String host, int port) {
    if (port < 0 || port > 65_535) {
      throw new UserException(
          "The HTTP port is " + port + ", but a port is 1 to 65535, or 0 for a free one.");
    }
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
    } catch (UnknownHostException e) {
      throw new UserException("The HTTP host " + host + " is no name or address known here.", e);
    } catch (BindException e) {
      throw new UserException(
          "Port %d of %s cannot serve metrics and health (%s); --http-port states another, and 0 takes a free one."
              .formatted(port, host, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new UserException(
          "No metrics and health on port %d of %s: %s.".formatted(port, host, e.getMessage()), e);
    }
  }

  /** Threads start when needed and end when idle; beyond the last one a connection is refused. */
  private static ThreadPoolExecutor threads() {
    return new ThreadPoolExecutor(
        0,
        THREADS,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "http");
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Adds a page, linked from the index.
   *
   * @param path a whole path, or the beginning of many when it ends with a slash
   * @param handler may go on answering for as long as the client listens
   */
  public void add(String path, String title, HttpHandler handler) {
    server.createContext(path, new GuardedHandler(path, capacity, handler));
    titles.put(path, title);
  }

  /** Shows a page at "/", where the index of all pages is otherwise. */
  public void setFrontPage(HttpHandler page) {
    frontPage = page;
  }

  /**
   * Completes when somebody has asked for the metrics once more, and was told what they say from
   * now on; empty where nobody ever asked.
   */
  public Optional<CompletableFuture<Void>> nextScrape() {
    return metrics.next();
  }

  /** Where a browser finds the front page. */
  public URI uri() {
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + shown + ":" + server.getAddress().getPort() + "/");
  }

  /** Stops at once: answers that stream are cut off. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
