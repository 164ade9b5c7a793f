package dev.relive.cli.page;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import dev.relive.evaluator.EvaluationSummary;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON for the page's script, in one line; what is no number is null. */
final class PageJson {

  private static final TypeAdapter<Double> NUMBER =
      new TypeAdapter<>() {
        @Override
        public void write(JsonWriter out, Double value) throws IOException {
          if (Double.isFinite(value)) {
            out.value(value);
          } else {
            out.nullValue();
          }
        }

        @Override
        public Double read(JsonReader in) {
          throw new UnsupportedOperationException("the page sends nothing");
        }
      };

  private static final Gson JSON =
      new GsonBuilder()
          .serializeNulls()
          .registerTypeAdapter(Double.class, NUMBER)
          .registerTypeAdapter(double.class, NUMBER)
          .create();

  private PageJson() {}

  static String of(Object value) {
    return JSON.toJson(value);
  }

  static Map<String, @Nullable Object> evaluation(EvaluationSummary summary) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("version", summary.version());
    json.put("steps", summary.runSteps());
    json.put("mean", summary.mean());
    json.put("low", summary.interval().low());
    json.put("high", summary.interval().high());
    return json;
  }
}
