package dev.relive.cli.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.relive.service.HttpAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * The page's files. Nothing that they name lies on another host, and the browser is told to refuse
 * it if they did.
 */
final class PageFiles implements HttpHandler {

  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String PLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
  private static final String HTML = "text/html; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private record PageFile(String resource, String type) {}

  private static final Map<String, PageFile> FILES =
      Map.of(
          "/", new PageFile("page.html", HTML),
          "/page/page.css", new PageFile("page.css", CSS),
          "/page/page.js", new PageFile("page.js", SCRIPT),
          "/page/icon.svg", new PageFile("icon.svg", "image/svg+xml"),
          "/page/uPlot.min.css", new PageFile(PLOT + "uPlot.min.css", CSS),
          "/page/uPlot.iife.min.js", new PageFile(PLOT + "uPlot.iife.min.js", SCRIPT));

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    PageFile file = FILES.get(exchange.getRequestURI().getPath());
    if (file == null) {
      HttpAnswer.sendSentence(exchange, 404, "There is no such page.");
      return;
    }
    try (InputStream content = PageFiles.class.getResourceAsStream(file.resource())) {
      if (content == null) {
        throw new IllegalStateException("the program lacks its file " + file.resource());
      }
      exchange.getResponseHeaders().set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
      HttpAnswer.send(exchange, 200, file.type(), content.readAllBytes());
    }
  }
}
