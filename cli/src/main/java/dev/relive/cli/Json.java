package dev.relive.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/** What is printed for programs: UTF-8, indented, absent things as null. */
final class Json {

  private static final Gson JSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().setPrettyPrinting().create();

  private Json() {}

  /** Maps, lists, strings and numbers as JSON that ends with a line feed. */
  static String text(Object value) {
    return JSON.toJson(value) + "\n";
  }
}
