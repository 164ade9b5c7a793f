package dev.relive.broker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.IntegerSerializer;

/**
 * A process that runs a broker on the directory given and commits transactions over two topics, one
 * after the other, until it is killed. On standard output it says each number committed.
 */
final class TransactionProgram {
  static final List<String> TOPICS = List.of("left", "right");

  private TransactionProgram() {}

  public static void main(String[] arguments) throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(Path.of(arguments[0])));
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "transactional.id",
            "writer",
            "transaction.timeout.ms",
            2_000);
    try (Admin admin = Admin.create(properties)) {
      admin
          .createTopics(TOPICS.stream().map(name -> new NewTopic(name, 1, (short) 1)).toList())
          .all()
          .get();
    }
    try (KafkaProducer<Integer, Integer> producer =
        new KafkaProducer<>(properties, new IntegerSerializer(), new IntegerSerializer())) {
      producer.initTransactions();
      for (int number = 0; ; number++) {
        producer.beginTransaction();
        for (String topic : TOPICS) {
          var unused = producer.send(new ProducerRecord<>(topic, number, number));
        }
        producer.commitTransaction();
        System.out.println(number);
      }
    }
  }
}
