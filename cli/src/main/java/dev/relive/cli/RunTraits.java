package dev.relive.cli;

import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was decided when a run began, each by a name. */
final class RunTraits {

  private static final String FOREVER = "for ever";

  private RunTraits() {}

  static Map<String, String> of(RunSpec spec) {
    Map<String, String> traits = new LinkedHashMap<>();
    EnvironmentSpec environment = spec.getEnvironment();
    traits.put("environment", environment.getId());
    addAll(traits, "environment option ", environment.getOptionsList());
    for (int i = 0; i < environment.getWrappersCount(); i++) {
      traits.put("wrapper " + (i + 1), environment.getWrappers(i));
    }
    traits.put("algorithm", spec.getAlgorithm());
    traits.put("seed", Long.toString(spec.getSeed()));
    traits.put("deterministic", spec.getDeterministic() ? "yes" : "no");
    addAll(traits, "", spec.getSettingsList());
    traits.put("stream", spec.getStream());
    for (PartitionRange range : spec.getPartitionsList()) {
      traits.put("offsets of partition " + range.getPartition(), offsets(range));
    }
    traits.put(
        "experience of", spec.getSourceRun().isEmpty() ? "its own" : "run " + spec.getSourceRun());
    addAll(traits, "filter ", spec.getFiltersList());
    traits.put("retention", retention(spec.getRetentionMs()));
    addAll(traits, "version of ", spec.getVersionsList());
    addAll(traits, "version of ", environment.getVersionsList());
    return traits;
  }

  private static void addAll(Map<String, String> traits, String before, List<Setting> settings) {
    settings.forEach(setting -> traits.put(before + setting.getName(), setting.getValue()));
  }

  private static String offsets(PartitionRange range) {
    return "from %d%s"
        .formatted(
            range.getFirstOffset(),
            range.hasEndOffset() ? " to " + (range.getEndOffset() - 1) : " on");
  }

  private static String retention(long milliseconds) {
    return milliseconds < 0 ? FOREVER : milliseconds + " ms";
  }
}
