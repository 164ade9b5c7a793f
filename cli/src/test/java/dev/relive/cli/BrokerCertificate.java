package dev.relive.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A certificate for 127.0.0.1 that was signed by nobody else, made for one test.
 *
 * @param keyStore with the private key, for the broker
 * @param pem without it, for those who trust the broker
 */
record BrokerCertificate(Path keyStore, String password, Path pem) {

  private static final String ALIAS = "broker";

  /** Makes one by the JDK's own tool. */
  static BrokerCertificate make(Path directory) throws Exception {
    Path keyStore = directory.resolve("broker.p12");
    String password = "of-the-key-store";
    Process tool =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/keytool",
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=broker",
                "-ext",
                "SAN=IP:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                keyStore.toString(),
                "-storepass",
                password)
            .redirectErrorStream(true)
            .start();
    String said = new String(tool.getInputStream().readAllBytes(), UTF_8);
    if (tool.waitFor() != 0) {
      throw new IllegalStateException("keytool failed: " + said);
    }
    return new BrokerCertificate(keyStore, password, export(keyStore, password));
  }

  private static Path export(Path keyStore, String password) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore)) {
      store.load(in, password.toCharArray());
    }
    byte[] encoded = store.getCertificate(ALIAS).getEncoded();
    String body = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(encoded);
    return Files.writeString(
        keyStore.resolveSibling("broker.pem"),
        "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
  }
}
