package dev.relive.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import java.lang.reflect.Type;

/** What is printed for programs: UTF-8, indented; absent things and what is no number as null. */
final class Json {

  private static final Gson JSON =
      new GsonBuilder()
          .serializeNulls()
          .disableHtmlEscaping()
          .setPrettyPrinting()
          .registerTypeAdapter(Double.class, (JsonSerializer<Double>) Json::number)
          .create();

  private Json() {}

  private static JsonElement number(
      Double value, Type type, JsonSerializationContext unusedContext) {
    return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }

  /** Maps, lists, strings and numbers as JSON that ends with a line feed. */
  static String text(Object value) {
    return JSON.toJson(value) + "\n";
  }
}
