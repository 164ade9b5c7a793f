package dev.relive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka of one node whose clients must speak TLS, say who they are by SCRAM, and may do what
 * its rules allow them. A second listener without all that is for the tests' own administration.
 */
final class SecuredBroker implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final ScramCredentialInfo SCRAM =
      new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4_096);

  private final Path directory;
  private final BrokerCertificate certificate;
  private final List<Integer> ports;
  private final KafkaRaftServer server;
  private final Admin admin;

  private SecuredBroker(Path directory) throws Exception {
    this.directory = directory;
    certificate = BrokerCertificate.make(directory);
    ports = freePorts(3);
    Path data = directory.resolve("kafka");
    format(data);
    server = new KafkaRaftServer(KafkaConfig.fromProps(properties(data)), Time.SYSTEM);
    server.startup();
    admin = Admin.create(Map.of("bootstrap.servers", HOST + ":" + ports.get(1)));
  }

  /** Returns when clients can be served. */
  static SecuredBroker start(Path directory) throws Exception {
    return new SecuredBroker(directory);
  }

  private Properties properties(Path data) {
    String secured = "SECURED://" + HOST + ":" + ports.get(0);
    String internal = "INTERNAL://" + HOST + ":" + ports.get(1);
    String controller = HOST + ":" + ports.get(2);
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("log.dir", data.toString());
    settings.put("listeners", secured + "," + internal + ",CONTROLLER://" + controller);
    settings.put("advertised.listeners", secured + "," + internal);
    settings.put(
        "listener.security.protocol.map",
        "SECURED:SASL_SSL,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "INTERNAL");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("controller.quorum.voters", "1@" + controller);
    settings.put("listener.name.secured.sasl.enabled.mechanisms", "SCRAM-SHA-512");
    settings.put(
        "listener.name.secured.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    settings.put("listener.name.secured.ssl.keystore.type", "PKCS12");
    settings.put("listener.name.secured.ssl.keystore.location", certificate.keyStore().toString());
    settings.put("listener.name.secured.ssl.keystore.password", certificate.password());
    settings.put("authorizer.class.name", WatchedAuthorizer.class.getName());
    settings.put("super.users", "User:ANONYMOUS");
    for (String replicated : List.of("offsets.topic", "transaction.state.log")) {
      settings.put(replicated + ".num.partitions", "1");
      settings.put(replicated + ".replication.factor", "1");
    }
    settings.put("transaction.state.log.min.isr", "1");
    // Starting and stopping take a few heartbeats each.
    settings.put("broker.heartbeat.interval.ms", "300");
    settings.put("broker.session.timeout.ms", "18000");
    settings.put("metric.reporters", "");
    settings.put("auto.create.topics.enable", "false");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("message.max.bytes", Integer.toString(16 << 20));
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    Properties properties = new Properties();
    properties.putAll(settings);
    return properties;
  }

  private static void format(Path data) throws Exception {
    try (PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8)) {
      new Formatter()
          .setPrintStream(quiet)
          .setNodeId(1)
          .setClusterId(Uuid.randomUuid().toString())
          .addDirectory(data.toString())
          .setMetadataLogDirectory(data.toString())
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.latestProduction())
          .run();
    }
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      List<Integer> ports = new ArrayList<>();
      while (ports.size() < count) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        sockets.add(socket);
        ports.add(socket.getLocalPort());
      }
      return ports;
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  /** Where clients must speak TLS and say who they are. */
  String bootstrapServers() {
    return HOST + ":" + ports.get(0);
  }

  /** Where everybody may do everything. */
  String openServers() {
    return HOST + ":" + ports.get(1);
  }

  /** The certificate that clients must trust, in PEM. */
  Path certificateFile() {
    return certificate.pem();
  }

  /** Makes a user who may do nothing. */
  void addUser(String name, String password) throws Exception {
    admin
        .alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(name, SCRAM, password)))
        .all()
        .get();
  }

  /** Allows something; returns when the broker knows. */
  void allow(Collection<AclBinding> rules) throws Exception {
    admin.createAcls(rules).all().get();
  }

  /** What a client of the user needs to be told, in a file of the broker's directory. */
  Path clientConfig(String user, String passwordExpression) throws IOException {
    return Files.writeString(
        directory.resolve(user + ".properties"),
        """
        security.protocol=SASL_SSL
        ssl.truststore.type=PEM
        ssl.truststore.location=%s
        sasl.mechanism=SCRAM-SHA-512
        sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\
          username="%s" password="%s";
        """
            .formatted(certificateFile(), user, passwordExpression));
  }

  @Override
  public void close() {
    admin.close();
    server.shutdown();
    server.awaitShutdown();
  }
}
