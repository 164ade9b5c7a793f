package dev.relive.log;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds of every message that {@link RecordCodec} writes and reads: it names its run, and its
 * counts (the fields of type uint32 and uint64) fit the signed integers that hold them.
 */
final class MessageRules {
  private static final int RUN_FIELD = 2;

  /** Plain bits: every value of theirs is meant, whatever its sign in Java. */
  private static final Set<String> BITS =
      Set.of("relive.log.v1.RunSpec.seed", "relive.log.v1.Evaluation.first_seed");

  private MessageRules() {}

  /** The first broken rule as a sentence, or null where the message keeps them all. */
  static @Nullable String brokenBy(Message message) {
    FieldDescriptor run = message.getDescriptorForType().findFieldByNumber(RUN_FIELD);
    if (message.getField(run).equals("")) {
      return "A " + message.getDescriptorForType().getName() + " must name its run.";
    }
    return tooLargeCount(message);
  }

  /** The first count that is too large as a sentence, or null where all fit. */
  static @Nullable String tooLargeCount(Message message) {
    for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
      FieldDescriptor field = entry.getKey();
      List<?> values = field.isRepeated() ? (List<?>) entry.getValue() : List.of(entry.getValue());
      for (Object value : values) {
        String broken = value instanceof Message part ? tooLargeCount(part) : check(field, value);
        if (broken != null) {
          return broken;
        }
      }
    }
    return null;
  }

  private static @Nullable String check(FieldDescriptor field, Object value) {
    return switch (field.getType()) {
      case UINT32 ->
          (int) value >= 0 ? null : sentence(field, Integer.toUnsignedString((int) value));
      case UINT64 ->
          (long) value >= 0 || BITS.contains(field.getFullName())
              ? null
              : sentence(field, Long.toUnsignedString((long) value));
      default -> null;
    };
  }

  private static String sentence(FieldDescriptor field, String value) {
    return "The field "
        + field.getContainingType().getName()
        + "."
        + field.getName()
        + " must be below 2^"
        + (field.getType() == FieldDescriptor.Type.UINT32 ? 31 : 63)
        + ", not "
        + value
        + ".";
  }
}
