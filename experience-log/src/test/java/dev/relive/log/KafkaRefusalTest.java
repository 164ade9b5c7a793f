package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.junit.jupiter.api.Test;

/** What is made of the failures of Kafka's clients; the cli's tests let a real Kafka refuse. */
final class KafkaRefusalTest {
  private static final String RIGHTS =
      "; the rights that each command needs are in docs/secured-clusters.md.";

  @Test
  void namesWhatIsRefused() {
    assertSays(
        "Kafka refuses this user topic a, b" + RIGHTS,
        new TopicAuthorizationException(Set.of("b", "a")));
    assertSays("Kafka refuses this user that topic" + RIGHTS, new TopicAuthorizationException(""));
    assertSays(
        "Kafka refuses this user consumer group g" + RIGHTS,
        GroupAuthorizationException.forGroupId("g"));
    assertSays(
        "Kafka refuses this user that transactional id" + RIGHTS,
        new TransactionalIdAuthorizationException("no"));
    assertSays(
        "Kafka refuses this user to write, since it may write to no topic at all" + RIGHTS,
        new ClusterAuthorizationException("no"));
  }

  @Test
  void saysThatTheUserIsUnknown() {
    assertSays(
        "Kafka does not accept who this client says it is: invalid credentials.",
        new SaslAuthenticationException("invalid credentials"));
  }

  @Test
  void saysWhatIsWrongWithTheCertificate() {
    assertSays(
        "the Kafka's TLS certificate is signed by nobody whom this client trusts, and whom it"
            + " trusts is what ssl.truststore.location states.",
        handshake(new CertificateException(new CertPathBuilderException("no path"))));
    assertSays(
        "the Kafka's TLS certificate is not one of that address: No name matching a found.",
        handshake(new CertificateException("No name matching a found")));
    assertSays(
        "the TLS handshake went wrong: no cipher suites in common.",
        handshake(new SSLHandshakeException("no cipher suites in common")));
  }

  private static SslAuthenticationException handshake(Exception cause) {
    return new SslAuthenticationException("SSL handshake failed", new KafkaException(cause));
  }

  @Test
  void isFoundHoweverDeep() {
    Exception deep = new KafkaException(new KafkaException(new ClusterAuthorizationException("")));

    assertTrue(KafkaRefusal.isIn(deep));
    assertTrue(KafkaRefusal.isIn(new SaslAuthenticationException("")));
  }

  @Test
  void isNoOtherFailure() {
    TimeoutException failure = new TimeoutException("no answer");

    assertFalse(KafkaRefusal.isIn(failure));
    assertEquals("Reading failed: no answer.", sentence(failure));
  }

  private static void assertSays(String reason, Exception failure) {
    assertEquals("Reading failed: " + reason, sentence(failure));
  }

  private static String sentence(Exception failure) {
    return String.valueOf(LogException.during("Reading", failure).getMessage());
  }
}
