package dev.relive.cli;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** Kafka's own authorizer, which remembers what it was asked. The broker makes it by its name. */
public final class WatchedAuthorizer extends StandardAuthorizer {

  private static final Set<Decision> DECISIONS = ConcurrentHashMap.newKeySet();

  /** What somebody wanted to do, and whether he may. */
  record Decision(String user, AclOperation operation, ResourcePattern resource, boolean allowed) {}

  /** What was asked about a user so far. */
  static List<Decision> decisions(String user) {
    return DECISIONS.stream().filter(decision -> decision.user().equals(user)).toList();
  }

  @Override
  public List<AuthorizationResult> authorize(
      AuthorizableRequestContext request, List<Action> actions) {
    List<AuthorizationResult> results = super.authorize(request, actions);
    for (int i = 0; i < actions.size(); i++) {
      Action action = actions.get(i);
      boolean allowed = results.get(i) == AuthorizationResult.ALLOWED;
      // Kafka also asks what else a user may do, just to say so or to leave it out.
      if (allowed || action.logIfDenied()) {
        DECISIONS.add(
            new Decision(
                request.principal().getName(),
                action.operation(),
                action.resourcePattern(),
                allowed));
      }
    }
    return results;
  }
}
