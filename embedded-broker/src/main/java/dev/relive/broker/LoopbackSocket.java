package dev.relive.broker;

import dev.relive.service.UserException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;

/**
 * A server socket bound to 127.0.0.1 before Kafka starts: a port in use is found at once, and a
 * free one stays ours between choosing it and listening on it.
 */
final class LoopbackSocket implements AutoCloseable {

  static final String HOST = "127.0.0.1";

  private static final int BACKLOG = 128;

  private final ServerSocketChannel channel;
  private final InetSocketAddress address;

  private LoopbackSocket(ServerSocketChannel channel, InetSocketAddress address) {
    this.channel = channel;
    this.address = address;
  }

  /**
   * @param port 0 for a free one
   */
  static LoopbackSocket bind(int port) {
    try {
      ServerSocketChannel channel = ServerSocketChannel.open();
      try {
        // A port whose last connections still linger can be taken again at once.
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.configureBlocking(false);
        channel.bind(new InetSocketAddress(loopback(), port), BACKLOG);
        return new LoopbackSocket(channel, (InetSocketAddress) channel.getLocalAddress());
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (BindException e) {
      throw new UserException(
          "Port %d of %s is in use, so the broker cannot listen there; --port 0 takes a free one."
              .formatted(port, HOST),
          e);
    } catch (IOException e) {
      throw new UserException(
          "The broker cannot listen on port %d of %s: %s.".formatted(port, HOST, e.getMessage()),
          e);
    }
  }

  private static InetAddress loopback() throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  InetSocketAddress address() {
    return address;
  }

  int port() {
    return address.getPort();
  }

  ServerSocketChannel channel() {
    return channel;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
