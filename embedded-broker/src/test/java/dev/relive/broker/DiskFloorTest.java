package dev.relive.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.service.UserException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.server.authorizer.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A broker whose disk fills up, and is emptied. */
class DiskFloorTest {
  private static final long FLOOR = BrokerConfig.LEAST_FLOOR;
  private static final String EXPERIENCE = "relive.experience.CartPole-v1";
  private static final String PROGRESS = "relive.progress";

  private final Path directory;
  private final AtomicLong free = new AtomicLong(FLOOR);
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

  DiskFloorTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void refusesExperienceAndNothingElseUntilThereIsRoomAgain() throws Exception {
    BrokerConfig config = BrokerConfig.in(directory).withFreeDiskFloor(FLOOR);
    try (EmbeddedBroker broker = EmbeddedBroker.start(config, free::get);
        Producer<String, String> writer = producer(broker, Map.of());
        Producer<String, String> learner =
            producer(broker, Map.of("transactional.id", "learner"))) {
      broker.onRoom((isRoom, sentence) -> said.add(sentence));
      createTopics(broker);
      learner.initTransactions();
      write(writer, EXPERIENCE);

      free.set(FLOOR - 1);
      String sentence =
          "The broker takes no more experience: 134 MB are free on the disk of the data directory %s, and its floor is 134 MB."
              .formatted(directory);
      assertEquals(sentence, said.poll(30, TimeUnit.SECONDS));
      assertEquals(Optional.of(sentence), EmbeddedBroker.refusal(directory));
      assertFalse(broker.takesExperience());
      ExecutionException refused =
          assertThrows(ExecutionException.class, () -> write(writer, EXPERIENCE));
      assertInstanceOf(TopicAuthorizationException.class, refused.getCause());
      write(writer, PROGRESS);
      learner.beginTransaction();
      write(learner, PROGRESS);
      learner.commitTransaction();

      free.set(FLOOR);
      assertEquals(
          "The broker takes experience again: 134 MB are free on the disk of the data directory %s."
              .formatted(directory),
          said.poll(30, TimeUnit.SECONDS));
      write(writer, EXPERIENCE);
      assertTrue(broker.takesExperience());
      assertEquals(FLOOR, broker.freeDiskBytes());
      assertEquals(Optional.empty(), EmbeddedBroker.refusal(directory));
    }
  }

  @Test
  void tellsWhoComesLateThatThereIsNoRoom() throws Exception {
    BrokerConfig config = BrokerConfig.in(directory).withFreeDiskFloor(Long.MAX_VALUE);
    try (EmbeddedBroker broker = EmbeddedBroker.start(config)) {
      broker.onRoom((isRoom, sentence) -> said.add(sentence));
      assertTrue(said.remove().startsWith("The broker takes no more experience: "));
    }
    assertEquals(Optional.empty(), EmbeddedBroker.refusal(directory));
  }

  @Test
  void refusesAFloorBelowWhatARunNeedsToEnd() {
    UserException refusal =
        assertThrows(
            UserException.class, () -> BrokerConfig.in(directory).withFreeDiskFloor(FLOOR - 1));
    assertEquals(
        "The broker's free-disk floor is 134217727 bytes, but it must be at least 134217728.",
        refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "WRITE, TOPIC, relive.experience.CartPole-v1, true",
    "WRITE, TOPIC, a.b.experience.gymnasium_3aPong, true",
    "WRITE, TOPIC, relive.experience.CartPole-v1.rejected, false",
    "WRITE, TOPIC, relive.experience, false",
    "WRITE, TOPIC, relive.checkpoints, false",
    "READ, TOPIC, relive.experience.CartPole-v1, false",
    "WRITE, TRANSACTIONAL_ID, relive.experience.CartPole-v1, false",
  })
  void knowsExperienceByItsTopic(
      AclOperation operation, ResourceType type, String name, boolean expected) {
    ResourcePattern resource = new ResourcePattern(type, name, PatternType.LITERAL);
    assertEquals(
        expected,
        ExperienceGate.isWriteOfExperience(new Action(operation, resource, 1, true, true)));
  }

  private static Producer<String, String> producer(
      EmbeddedBroker broker, Map<String, Object> further) {
    Map<String, Object> properties = new HashMap<>(further);
    properties.put("bootstrap.servers", broker.bootstrapServers());
    return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
  }

  private static void write(Producer<String, String> producer, String topic) throws Exception {
    producer.send(new ProducerRecord<>(topic, "key", "value")).get();
  }

  private static void createTopics(EmbeddedBroker broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(new NewTopic(EXPERIENCE, 1, (short) 1), new NewTopic(PROGRESS, 1, (short) 1)))
          .all()
          .get();
    }
  }
}
