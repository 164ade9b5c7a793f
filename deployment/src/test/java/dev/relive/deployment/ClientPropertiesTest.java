package dev.relive.deployment;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's clients find the certificates where the manifests mount them, in Strimzi's forms. */
final class ClientPropertiesTest {

  private static final String PASSWORD = "only-of-this-test";

  @Test
  void openWithTheFilesOfStrimzisSecrets(@TempDir Path mounted) throws Exception {
    KeyStore identity = identity(mounted.resolve("identity.p12"));
    Path user = Files.createDirectory(mounted.resolve("user"));
    Path authority = Files.createDirectory(mounted.resolve("authority"));
    String certificate = pem("CERTIFICATE", identity.getCertificate("user").getEncoded());
    byte[] key = identity.getKey("user", PASSWORD.toCharArray()).getEncoded();
    Files.writeString(user.resolve("user.crt"), certificate);
    Files.writeString(user.resolve("user.key"), pem("PRIVATE KEY", key));
    Files.writeString(authority.resolve("ca.crt"), certificate);

    Properties properties = new Properties();
    properties.load(
        new StringReader(
            Checkout.text(Checkout.MANIFESTS.resolve("components/tls-client/client.properties"))
                .replace("/etc/relive", mounted.toString())));
    properties.put("bootstrap.servers", "localhost:9093");
    AdminClientConfig config = new AdminClientConfig(properties);
    try (DefaultSslEngineFactory engines = new DefaultSslEngineFactory()) {
      engines.configure(config.values());

      assertEquals("SSL", config.getString("security.protocol"));
      assertEquals(1, engines.keystore().size());
      assertEquals(1, engines.truststore().size());
      assertEquals(
          Set.of("TLSv1.2", "TLSv1.3"),
          Set.of(engines.createClientSslEngine("broker", 9093, "https").getEnabledProtocols()));
    }
  }

  /** A key with a certificate that it signed itself. */
  private static KeyStore identity(Path file) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            System.getProperty("java.home") + "/bin/keytool",
            "-genkeypair",
            "-alias",
            "user",
            "-keyalg",
            "RSA",
            "-dname",
            "CN=relive-learner",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            PASSWORD);
    assertEquals(0, builder.redirectErrorStream(true).start().waitFor());
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private static String pem(String what, byte[] encoded) {
    String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(encoded);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, text);
  }
}
