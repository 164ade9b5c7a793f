package dev.relive.cli;

import com.google.gson.GsonBuilder;
import dev.relive.cli.display.Numbers;
import dev.relive.log.ExperiencePruning.Plan;
import dev.relive.log.ExperiencePruning.Share;
import dev.relive.log.Run;
import dev.relive.log.RunNeed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was or would be deleted of a stream, for people and for programs. */
final class PrunePlans {

  private final String stream;
  private final List<Plan> plans;
  private final boolean deleted;

  PrunePlans(String stream, List<Plan> plans, boolean deleted) {
    this.stream = stream;
    this.plans = plans;
    this.deleted = deleted;
  }

  static boolean deletesSomething(Plan plan) {
    return plan.before() > plan.begin();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (Plan plan : plans) {
      text.append(text(plan));
    }
    return text.toString();
  }

  private String text(Plan plan) {
    String place = "Stream %s, partition %d: ".formatted(stream, plan.partition());
    if (!deletesSomething(plan)) {
      return place + "nothing can go.\n" + holding(plan);
    }
    Share total = plan.total();
    return "%s%s records of %s %s, before offset %s of %s to %s.%n%n%s%n%s"
        .formatted(
            place,
            Numbers.count(total.records()),
            Numbers.bytes(total.bytes()),
            deleted ? "are deleted" : "would go",
            Numbers.count(plan.before()),
            Numbers.count(plan.begin()),
            Numbers.count(plan.end()),
            shares(plan),
            holding(plan));
  }

  private static String shares(Plan plan) {
    TextTable table = new TextTable().add("RUN", "RECORDS", "BYTES");
    plan.shares()
        .forEach(
            (run, share) ->
                table.add(
                    run.isEmpty() ? "(of no run)" : run,
                    Numbers.count(share.records()),
                    Numbers.bytes(share.bytes())));
    return table.text(2);
  }

  private static String holding(Plan plan) {
    return plan.holding()
        .map(
            need ->
                "Run %s, which is %s, keeps what is from offset %s on: %s.%n"
                    .formatted(
                        need.run(), phase(need.run()), Numbers.count(need.from()), need.reason()))
        .orElse("");
  }

  private static String phase(Run run) {
    return run.phase().name().toLowerCase(Locale.ROOT);
  }

  /** An array of partitions. */
  String json() {
    List<Map<String, @Nullable Object>> json = new ArrayList<>();
    for (Plan plan : plans) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("stream", stream);
      one.put("partition", plan.partition());
      one.put("begin", plan.begin());
      one.put("before", plan.before());
      one.put("end", plan.end());
      one.put("records", plan.total().records());
      one.put("bytes", plan.total().bytes());
      one.put("deleted", deleted && deletesSomething(plan));
      one.put("keptBy", plan.holding().map(RunNeed::run).map(Run::id).orElse(null));
      one.put("keptFrom", plan.holding().map(RunNeed::from).orElse(null));
      one.put("why", plan.holding().map(RunNeed::reason).orElse(null));
      json.add(one);
    }
    return new GsonBuilder().serializeNulls().setPrettyPrinting().create().toJson(json) + "\n";
  }
}
