package dev.relive.dashboards;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What promtool says of the files for Prometheus. */
final class RulesTest {

  private PrometheusTools tools = new PrometheusTools(Checkout.RULES);

  @BeforeEach
  void find() throws IOException, InterruptedException {
    tools = PrometheusTools.find();
  }

  @Test
  void theExampleConfigurationAndItsRulesAreValid() throws Exception {
    PrometheusTools.Said said =
        tools.promtool("", "check", "config", Checkout.RULES.resolve("prometheus.yml").toString());
    assertEquals(0, said.exitCode(), said::text);
  }

  @Test
  void everyAlertFiresByItsFaultAndNotWithoutIt() throws Exception {
    PrometheusTools.Said said =
        tools.promtool("", "test", "rules", Checkout.RULES.resolve("alerts.tests.yml").toString());
    assertEquals(0, said.exitCode(), said::text);
  }
}
