package dev.relive.dashboards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GeneratedFilesTest {

  private static final String HOW =
      "%s is not what the sources say; dev.relive.dashboards.Generate writes it anew";

  @Test
  void areCurrent() throws IOException {
    for (var file : Generate.files().entrySet()) {
      assertEquals(file.getValue(), Checkout.text(file.getKey()), HOW.formatted(file.getKey()));
    }
  }

  @Test
  void areAllDashboardsThatThereAre() throws IOException {
    Set<String> there = new TreeSet<>();
    try (Stream<Path> files = Files.list(Checkout.ROOT.resolve("dashboards/grafana"))) {
      files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".json"))
          .forEach(there::add);
    }
    Set<String> made = new TreeSet<>();
    Generate.DASHBOARDS.forEach(dashboard -> made.add(dashboard.fileName()));
    assertEquals(made, there);
  }

  @Test
  void areWrittenIntoACheckout(@TempDir Path checkout) throws IOException {
    Generate.main(new String[] {checkout.toString()});
    for (var file : Generate.files().entrySet()) {
      assertEquals(file.getValue(), Files.readString(checkout.resolve(file.getKey())));
    }
  }

  @Test
  void theRunbookHasASectionForEachAlert() throws IOException {
    String runbook = Checkout.text("docs/runbook.md");
    for (Alert alert : Alert.values()) {
      assertTrue(
          runbook.lines().anyMatch(line -> line.equals("## " + alert.alertName())),
          () -> "docs/runbook.md has no section " + alert.alertName());
    }
  }

  @Test
  void eachAlertIsMadeToFireInATestOfItsRule() throws IOException {
    String tests = Checkout.text("dashboards/prometheus/alerts.tests.yml");
    for (Alert alert : Alert.values()) {
      assertTrue(
          tests.contains("runbook: " + alert.runbook() + "\n"),
          () -> "no promtool test expects " + alert.alertName());
    }
  }
}
