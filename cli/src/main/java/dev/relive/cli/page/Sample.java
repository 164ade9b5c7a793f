package dev.relive.cli.page;

import dev.relive.cli.display.Learner;
import dev.relive.cli.display.Measurement;
import dev.relive.cli.display.Producer;
import dev.relive.cli.display.ProgressView;
import dev.relive.cli.display.Section;
import dev.relive.cli.display.Stepping;
import dev.relive.cli.display.Training;
import dev.relive.cli.display.Work;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one moment.
 *
 * @param seconds since the command began
 * @param values those that there are
 */
record Sample(double seconds, Map<Measure, Double> values) {

  /** The numbers of what the screen shows. */
  static Sample of(ProgressView view) {
    Map<Measure, Double> values = new EnumMap<>(Measure.class);
    for (Section section : view.sections()) {
      add(section, values);
    }
    return new Sample(view.elapsed().toMillis() / 1e3, values);
  }

  private static void add(Section section, Map<Measure, Double> values) {
    if (section instanceof Work work) {
      values.put(Measure.STEPS, (double) work.steps());
      values.put(Measure.STEPS_PER_SECOND, work.stepsPerSecond());
      values.put(Measure.UPDATES_PER_SECOND, work.updatesPerSecond());
      if (work.stepLimit() != Long.MAX_VALUE) {
        values.put(Measure.STEP_LIMIT, (double) work.stepLimit());
      }
    } else if (section instanceof Stepping stepping) {
      values.put(Measure.STEPS, (double) stepping.steps());
      values.put(Measure.STEPS_PER_SECOND, stepping.stepsPerSecond());
    } else if (section instanceof Training training) {
      values.put(Measure.TRAINING_RETURN, training.meanReturn());
      training.measures().forEach(each -> add(each, values));
    } else if (section instanceof Learner learner) {
      values.put(Measure.HELD, (double) learner.held());
      values.put(Measure.CAPACITY, (double) learner.capacity());
    } else if (section instanceof Producer producer) {
      values.put(Measure.LEAD, (double) producer.lead());
      values.put(Measure.MAX_LEAD, (double) producer.maxLead());
    }
  }

  private static void add(Measurement measurement, Map<Measure, Double> values) {
    switch (measurement.name()) {
      case Measurement.EPSILON -> values.put(Measure.EPSILON, measurement.value());
      case Measurement.ENTROPY -> values.put(Measure.ENTROPY, measurement.value());
      case Measurement.LOSS -> values.put(Measure.LOSS, measurement.value());
      default -> {
        // Nothing that the page has a chart of.
      }
    }
  }

  /** A measure's value; NaN where there is none. */
  double value(Measure measure) {
    return values.getOrDefault(measure, Double.NaN);
  }

  /** By the keys of the page's script. */
  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("seconds", seconds);
    values.forEach((measure, value) -> json.put(measure.key(), value));
    return json;
  }
}
