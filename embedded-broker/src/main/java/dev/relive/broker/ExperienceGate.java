package dev.relive.broker;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.Endpoint;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.server.authorizer.AclCreateResult;
import org.apache.kafka.server.authorizer.AclDeleteResult;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;
import org.apache.kafka.server.authorizer.Authorizer;
import org.apache.kafka.server.authorizer.AuthorizerServerInfo;

/**
 * Lets everyone do everything, but while it is shut nobody write experience: Kafka has no other way
 * to refuse the records of some topics and go on with those of the others. A client sees it as
 * {@code TopicAuthorizationException}, and that nothing was written.
 */
public final class ExperienceGate implements Authorizer {

  /**
   * The topics that grow with every step, whatever their prefix. What was rejected of a stream has
   * a name that ends in another word, and a stream's own name holds no dot.
   */
  private static final Pattern EXPERIENCE = Pattern.compile(".+\\.experience\\.[^.]+");

  /** Kafka makes its authorizer itself and shows it all settings, this one among them. */
  private static final String SHUT = "relive.experience.shut";

  private BooleanSupplier shut = () -> false;

  /** Puts a gate among a broker's settings. */
  static void put(Map<String, Object> settings, BooleanSupplier isShut) {
    settings.put("authorizer.class.name", ExperienceGate.class.getName());
    settings.put(SHUT, isShut);
  }

  @Override
  public List<AuthorizationResult> authorize(
      AuthorizableRequestContext requestContext, List<Action> actions) {
    return actions.stream().map(this::authorize).toList();
  }

  private AuthorizationResult authorize(Action action) {
    return shut.getAsBoolean() && isWriteOfExperience(action)
        ? AuthorizationResult.DENIED
        : AuthorizationResult.ALLOWED;
  }

  static boolean isWriteOfExperience(Action action) {
    return action.operation() == AclOperation.WRITE
        && action.resourcePattern().resourceType() == ResourceType.TOPIC
        && EXPERIENCE.matcher(action.resourcePattern().name()).matches();
  }

  @Override
  public AuthorizationResult authorizeByResourceType(
      AuthorizableRequestContext requestContext, AclOperation operation, ResourceType type) {
    return AuthorizationResult.ALLOWED;
  }

  @Override
  public Map<Endpoint, ? extends CompletionStage<Void>> start(AuthorizerServerInfo serverInfo) {
    return serverInfo.endpoints().stream()
        .collect(Collectors.toMap(endpoint -> endpoint, endpoint -> ready()));
  }

  private static CompletionStage<Void> ready() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public List<? extends CompletionStage<AclCreateResult>> createAcls(
      AuthorizableRequestContext requestContext, List<AclBinding> bindings) {
    throw noRights();
  }

  @Override
  public List<? extends CompletionStage<AclDeleteResult>> deleteAcls(
      AuthorizableRequestContext requestContext, List<AclBindingFilter> filters) {
    throw noRights();
  }

  @Override
  public Iterable<AclBinding> acls(AclBindingFilter filter) {
    throw noRights();
  }

  private static SecurityDisabledException noRights() {
    return new SecurityDisabledException("An embedded broker keeps no rights of users.");
  }

  @Override
  public void configure(Map<String, ?> configs) {
    if (!(configs.get(SHUT) instanceof BooleanSupplier isShut)) {
      throw new IllegalArgumentException("The setting " + SHUT + " is missing.");
    }
    shut = isShut;
  }

  @Override
  public void close() {}
}
