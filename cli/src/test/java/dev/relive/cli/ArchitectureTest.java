package dev.relive.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the module table of docs/architecture.md. */
final class ArchitectureTest {

  private static final JavaClasses RELIVE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.relive");

  private static final String DJL = "ai.djl..";
  private static final String KAFKA = "org.apache.kafka..";
  private static final String KAFKA_STREAMS = "org.apache.kafka.streams..";
  private static final String[] METRICS = {"io.prometheus..", "io.micrometer.."};
  private static final String[] ABOVE_THE_LOG = {
    "dev.relive.agents..",
    "dev.relive.producers..",
    "dev.relive.learner..",
    "dev.relive.evaluator..",
    "dev.relive.cli.."
  };
  private static final String[] DOMAIN = {
    "dev.relive.log..",
    "dev.relive.environments..",
    "dev.relive.gymnasium..",
    "dev.relive.agents..",
    "dev.relive.producers..",
    "dev.relive.learner..",
    "dev.relive.evaluator..",
    "dev.relive.cli.."
  };

  @ParameterizedTest(name = "{0} never imports {2}")
  @MethodSource("table")
  void arrowsPointOneWay(String module, String reason, String[] forbidden) {
    noClasses()
        .that()
        .resideInAPackage("dev.relive." + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .because(reason)
        .check(RELIVE);
  }

  private static Stream<Arguments> table() {
    return Stream.of(
        rule("log", "a reader of the log needs no engine that learns", DJL),
        rule("log", "the contract is read without a Streams runtime", KAFKA_STREAMS),
        rule("log", "an old log is read without what made it", "dev.relive.environments.."),
        rule("log", "everything depends on the log, never the other way", ABOVE_THE_LOG),
        rule("environments", "an environment steps the same with or without a log", KAFKA),
        rule("environments", "an environment is no network", DJL),
        rule("environments", "metrics are the services' own", METRICS),
        rule("environments", "an environment knows nothing above it", others("environments")),
        rule("environments", "they are found by a service file", "dev.relive.gymnasium.."),
        rule("gymnasium", "an environment steps the same with or without a log", KAFKA),
        rule("gymnasium", "an environment is no network", DJL),
        rule("gymnasium", "metrics are the services' own", METRICS),
        rule("gymnasium", "an environment knows nothing above it", others("gymnasium")),
        rule(
            "gymnasium",
            "an environment knows no log and no agent",
            "dev.relive.log..",
            "dev.relive.agents.."),
        rule("agents", "an update is a function of its batch, whoever brings it", KAFKA),
        rule("agents", "metrics are the services' own", METRICS),
        rule("agents", "an agent knows nothing above it", others("agents")),
        rule("service", "every service builds on it, so it knows none", DOMAIN),
        rule("broker", "it is a Kafka like any other, whatever is logged in it", DOMAIN),
        rule("producers", "services know one another through the log alone", others("producers")),
        rule("learner", "services know one another through the log alone", others("learner")),
        rule(
            "learner", "it learns what a log tells, whoever stepped it", "dev.relive.environments"),
        rule("evaluator", "services know one another through the log alone", others("evaluator")));
  }

  @Test
  void environmentsReadNoClock() {
    noClasses()
        .that()
        .resideInAPackage("dev.relive.environments..")
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.time..")
        .because("what an environment does follows from its seed and its actions alone")
        .check(RELIVE);
  }

  @Test
  void onlyAgentsAndTheCommandKnowTheEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.relive.agents..", "dev.relive.cli..", "dev.relive.benchmarks..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(DJL)
        .because("another engine would be a change of one module")
        .check(RELIVE);
  }

  @Test
  void packagesFormNoCircles() {
    SlicesRuleDefinition.slices()
        .matching("dev.relive.(*)..")
        .should()
        .beFreeOfCycles()
        .check(RELIVE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "broker",
        "service",
        "log",
        "environments",
        "gymnasium",
        "agents",
        "producers",
        "learner",
        "evaluator"
      })
  void looksAtEveryModule(String module) {
    assertTrue(
        RELIVE.stream()
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .anyMatch(type -> type.getPackageName().startsWith("dev.relive." + module)),
        module);
  }

  private static Arguments rule(String module, String reason, String... forbidden) {
    return Arguments.of(module, reason, forbidden);
  }

  /** The modules that run, but this one, and the command above them. */
  private static String[] others(String module) {
    return Stream.of("producers", "learner", "evaluator", "cli")
        .filter(other -> !other.equals(module))
        .map(other -> "dev.relive." + other + "..")
        .toArray(String[]::new);
  }
}
