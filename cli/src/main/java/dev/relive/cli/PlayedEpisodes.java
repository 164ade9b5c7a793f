package dev.relive.cli;

import dev.relive.cli.Episode.Result;
import dev.relive.cli.display.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** What came of the episodes that were played, and what there is to say of them all. */
final class PlayedEpisodes {

  private final List<Result> results = new ArrayList<>();

  void add(Result result) {
    results.add(result);
  }

  int count() {
    return results.size();
  }

  double meanReturn() {
    return mean(Result::total);
  }

  /** The standard deviation of these returns themselves: √(Σ (r − mean)² / n). */
  double deviation() {
    double mean = meanReturn();
    return Math.sqrt(mean(result -> (result.total() - mean) * (result.total() - mean)));
  }

  private double least() {
    return returns().min().orElse(Double.NaN);
  }

  private double most() {
    return returns().max().orElse(Double.NaN);
  }

  private double meanLength() {
    return mean(Result::steps);
  }

  private long longest() {
    return results.stream().mapToLong(Result::steps).max().orElse(0);
  }

  private double terminated() {
    return mean(result -> result.terminated() ? 1 : 0);
  }

  private double mean(ToDoubleFunction<Result> number) {
    return results.stream().mapToDouble(number).average().orElse(Double.NaN);
  }

  private DoubleStream returns() {
    return results.stream().mapToDouble(Result::total);
  }

  /** A line for each number. */
  String table() {
    return new TextTable()
        .add("mean return", fixed("%.3f", meanReturn()))
        .add("standard deviation", fixed("%.3f", deviation()))
        .add("least", Numbers.decimal(least()))
        .add("most", Numbers.decimal(most()))
        .add("mean length", fixed("%.1f", meanLength()))
        .add("longest", Long.toString(longest()))
        .add("terminated", fixed("%.1f %%", 100 * terminated()))
        .text(2);
  }

  private static String fixed(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  /** The same by name, for JSON, with every episode's return and length. */
  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("episodes", count());
    json.put("mean", meanReturn());
    json.put("deviation", deviation());
    json.put("least", least());
    json.put("most", most());
    json.put("meanLength", meanLength());
    json.put("longest", longest());
    json.put("terminated", results.stream().filter(Result::terminated).count());
    json.put("truncated", results.stream().filter(Result::truncated).count());
    json.put("returns", returns().boxed().toList());
    json.put("lengths", results.stream().map(Result::steps).toList());
    return json;
  }
}
