package dev.relive.cli.page;

import dev.relive.cli.display.ProgressView;
import dev.relive.service.HttpEndpoint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a command's work goes on, as a page of its HTTP endpoint. It shows what the screen shows,
 * with its whole past, and the newest policy at play.
 *
 * <pre>
 *   /               the page             /page/runs            past runs of the environment
 *   /page/…         its files            /page/curve?run=…     what evaluators found of one
 *   /page/events    what goes on         /page/frames          the newest policy at play
 * </pre>
 */
public final class LivePage implements AutoCloseable {

  private static final int MOST_PAGES = 8;

  private final PageEvents events = new PageEvents(this::run);
  private final PolicyShow show = new PolicyShow(this::run);
  private volatile @Nullable WatchedRun run;

  /** Adds the page to an endpoint, in place of its index. */
  public void serveAt(HttpEndpoint endpoint) {
    PageFiles files = new PageFiles();
    PastRuns past = new PastRuns(this::run);
    endpoint.setFrontPage(files);
    endpoint.add("/page/", "files of the page", files);
    endpoint.add(
        "/page/events", "what goes on, as events", new EventStream(events::events, MOST_PAGES));
    endpoint.add(
        "/page/frames", "the newest policy at play", new EventStream(show::pictures, MOST_PAGES));
    endpoint.add("/page/runs", "past runs", past::list);
    endpoint.add("/page/curve", "what evaluators found of a run", past::curve);
  }

  /** Takes note of what the screen shows; always by the same thread, several times a second. */
  public void see(ProgressView view) {
    events.see(view);
  }

  /** From now on there is a run. */
  public void watch(WatchedRun found) {
    run = found;
  }

  private Optional<WatchedRun> run() {
    return Optional.ofNullable(run);
  }

  /** Ends what browsers listen to. */
  @Override
  public void close() {
    events.complete();
    show.complete();
  }
}
