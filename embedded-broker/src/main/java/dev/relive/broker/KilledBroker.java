package dev.relive.broker;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.controller.Controller;
import org.apache.kafka.controller.ControllerRequestContext;

/**
 * A broker that was killed, as its controller still knows it: alive, and the leader of everything.
 *
 * <p>Its successor must not start with that belief. Until the session of the killed broker ends,
 * the successor would lead by it, load the transactions, and try to end those that were being
 * committed; when the session ends, nobody leads for a moment. Kafka 4.3.1 then takes the
 * partitions for deleted (KRaftMetadataCache.getPartitionLeaderEndpoint says nothing where it used
 * to say "no node"), calls the transaction committed, and never marks it so in its partitions:
 * readers of committed records wait there for ever. A controller that knows that the broker is gone
 * spares the wait for the session as well.
 */
final class KilledBroker {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long BETWEEN_ATTEMPTS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Controller controller;
  private final int id;

  KilledBroker(Controller controller, int id) {
    this.controller = controller;
    this.id = id;
  }

  /** Returns when the controller knows that the broker is gone and that it leads nothing. */
  void forget() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isForgotten()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "The controller did not take up its work within " + PATIENCE.toSeconds() + " seconds");
      }
      LockSupport.parkNanos(BETWEEN_ATTEMPTS);
    }
  }

  /** False while the controller is not ready to be told. */
  private boolean isForgotten() {
    CompletableFuture<Void> unregistered = controller.unregisterBroker(context(), id);
    try {
      unregistered.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BrokerIdNotRegisteredException) {
        return true;
      }
      if (e.getCause() instanceof NotControllerException) {
        return false;
      }
      throw new IllegalStateException("The controller does not forget a killed broker", e);
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Starting was interrupted", e);
    }
  }

  private static ControllerRequestContext context() {
    return new ControllerRequestContext(
        new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.empty());
  }
}
