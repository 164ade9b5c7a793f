package dev.relive.log;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka refuses a client because of who it is, or the client Kafka. Kafka's clients wrap it
 * now and then; no further attempt can help.
 */
final class KafkaRefusal {
  private static final String RIGHTS =
      "; the rights that each command needs are in docs/secured-clusters.md.";

  private KafkaRefusal() {}

  /** Whether something was refused. */
  static boolean isIn(Throwable failure) {
    return find(failure, AuthorizationException.class) != null
        || find(failure, AuthenticationException.class) != null;
  }

  /** What was refused, as the end of a sentence; empty where the failure is none of that. */
  static Optional<String> in(Throwable failure) {
    AuthorizationException right = find(failure, AuthorizationException.class);
    if (right != null) {
      return Optional.of("Kafka refuses this user " + what(right) + RIGHTS);
    }
    SslAuthenticationException tls = find(failure, SslAuthenticationException.class);
    if (tls != null) {
      return Optional.of(closed(fault(tls)));
    }
    return Optional.ofNullable(find(failure, AuthenticationException.class))
        .map(e -> closed("Kafka does not accept who this client says it is: " + e.getMessage()));
  }

  private static String what(AuthorizationException refusal) {
    if (refusal instanceof TopicAuthorizationException topics) {
      return topics.unauthorizedTopics().isEmpty()
          ? "that topic"
          : "topic " + String.join(", ", new TreeSet<>(topics.unauthorizedTopics()));
    }
    if (refusal instanceof GroupAuthorizationException group) {
      return "consumer group " + group.groupId();
    }
    return refusal instanceof TransactionalIdAuthorizationException
        ? "that transactional id"
        // The only right on the cluster that our clients need, and any topic gives it, too.
        : "to write, since it may write to no topic at all";
  }

  private static String fault(SslAuthenticationException failure) {
    if (find(failure, CertPathBuilderException.class) != null
        || find(failure, CertPathValidatorException.class) != null) {
      return "the Kafka's TLS certificate is signed by nobody whom this client trusts, and whom it"
          + " trusts is what ssl.truststore.location states";
    }
    CertificateException certificate = find(failure, CertificateException.class);
    if (certificate != null) {
      return "the Kafka's TLS certificate is not one of that address: " + certificate.getMessage();
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return "the TLS handshake went wrong: " + root.getMessage();
  }

  /** The outermost cause of that type, the failure itself included. */
  static <T extends Throwable> @Nullable T find(@Nullable Throwable failure, Class<T> type) {
    Throwable each = failure;
    while (each != null && !type.isInstance(each)) {
      each = each.getCause();
    }
    return each == null ? null : type.cast(each);
  }

  private static String closed(String sentence) {
    return sentence.endsWith(".") ? sentence : sentence + ".";
  }
}
