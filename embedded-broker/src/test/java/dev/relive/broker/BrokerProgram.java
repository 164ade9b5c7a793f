package dev.relive.broker;

import java.nio.file.Path;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A process that runs a broker on the directory given and writes 0, 1, 2, … to it until it is
 * killed. On standard output it says the broker's address, then each number acknowledged.
 */
final class BrokerProgram {

  private BrokerProgram() {}

  public static void main(String[] arguments) throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(Path.of(arguments[0])));
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
    Clients.createTopic(broker.bootstrapServers());
    System.out.println(broker.address());
    try (Producer<Integer, Integer> producer = Clients.producer(broker.bootstrapServers())) {
      for (int number = 0; ; number++) {
        var unused =
            producer.send(
                new ProducerRecord<>(Clients.TOPIC, number, number),
                (metadata, failure) -> {
                  if (failure == null) {
                    System.out.println(metadata.offset());
                  }
                });
      }
    }
  }
}
