package dev.relive.log;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.relive.log.wire.Column;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.Segment;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The messages of the log as lines: one for every field and for every value of an enum. */
final class Schema {
  private Schema() {}

  static List<String> lines() {
    Set<String> lines = new TreeSet<>();
    for (Descriptor file :
        List.of(
            Column.getDescriptor(),
            Segment.getDescriptor(),
            RunSpec.getDescriptor(),
            Policy.getDescriptor())) {
      addFile(lines, file.getFile());
    }
    return List.copyOf(lines);
  }

  private static void addFile(Set<String> lines, FileDescriptor file) {
    file.getMessageTypes().forEach(message -> addMessage(lines, message));
    file.getEnumTypes().forEach(type -> addEnum(lines, type));
  }

  private static void addMessage(Set<String> lines, Descriptor message) {
    for (FieldDescriptor field : message.getFields()) {
      lines.add(
          String.format(
              "message %s %03d %s: %s%s",
              message.getFullName(),
              field.getNumber(),
              field.getName(),
              field.isRepeated() ? "repeated " : field.hasPresence() ? "optional " : "",
              type(field)));
    }
    message.getNestedTypes().forEach(nested -> addMessage(lines, nested));
    message.getEnumTypes().forEach(type -> addEnum(lines, type));
  }

  private static String type(FieldDescriptor field) {
    return switch (field.getType()) {
      case MESSAGE -> field.getMessageType().getFullName();
      case ENUM -> field.getEnumType().getFullName();
      default ->
          field.getType().name().toLowerCase(Locale.ROOT) + (field.isPacked() ? " packed" : "");
    };
  }

  private static void addEnum(Set<String> lines, EnumDescriptor type) {
    type.getValues()
        .forEach(
            value ->
                lines.add(
                    String.format(
                        "enum %s %03d %s",
                        type.getFullName(), value.getNumber(), value.getName())));
  }
}
