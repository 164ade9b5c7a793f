package dev.relive.agents.torch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the archive that {@code torch.jit.load} reads, without Python: one module class whose
 * methods are given as TorchScript source and whose attributes are given as numbers.
 *
 * <pre>
 * archive/version               the format's version
 * archive/code/__torch__.py     class NAME(Module): attribute types, then the methods
 * archive/data.pkl              a pickle: NAME's instance with the values of its attributes
 * archive/constants.pkl         a pickle: the empty tuple
 * </pre>
 *
 * Entries are stored, not compressed; PyTorch maps them in place.
 */
final class TorchScriptArchive {

  private static final byte[] EMPTY_TUPLE_PICKLE = {(byte) 0x80, 2, ')', '.'};

  private TorchScriptArchive() {}

  /**
   * @param methods method definitions, each {@code def name(self, …)}, starting in the first column
   * @param attributes {@code self.…} by name: {@link Double}, {@link Integer} or {@link Boolean}
   */
  static byte[] write(String className, String methods, Map<String, ?> attributes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "archive/data.pkl", pickle(className, attributes));
      store(zip, "archive/code/__torch__.py", code(className, methods, attributes).getBytes(UTF_8));
      store(zip, "archive/constants.pkl", EMPTY_TUPLE_PICKLE);
      store(zip, "archive/version", "3\n".getBytes(UTF_8));
    } catch (IOException e) {
      throw new AssertionError("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  private static String code(String className, String methods, Map<String, ?> attributes) {
    StringBuilder code = new StringBuilder("class " + className + "(Module):\n");
    code.append("    __parameters__ = []\n    __buffers__ = []\n");
    attributes.forEach((name, value) -> code.append("    " + name + " : " + type(value) + "\n"));
    methods.lines().forEach(line -> code.append(line.isBlank() ? "\n" : "    " + line + "\n"));
    return code.toString();
  }

  private static String type(Object value) {
    return value instanceof Boolean ? "bool" : value instanceof Integer ? "int" : "float";
  }

  /** Python's pickle, protocol 2: {@code NAME.__new__(NAME)} with a state of {name: value}. */
  private static byte[] pickle(String className, Map<String, ?> attributes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(new byte[] {(byte) 0x80, 2});
    out.write(("c__torch__\n" + className + "\n").getBytes(UTF_8));
    out.write(")\u0081}(".getBytes(ISO_8859_1)); // new instance, empty dictionary, mark
    for (Map.Entry<String, ?> attribute : attributes.entrySet()) {
      byte[] name = attribute.getKey().getBytes(UTF_8);
      out.write('X');
      out.writeInt(Integer.reverseBytes(name.length));
      out.write(name);
      pickle(out, attribute.getValue());
    }
    out.write("ub.".getBytes(UTF_8)); // set items, build, stop
    return bytes.toByteArray();
  }

  private static void pickle(DataOutputStream out, Object value) throws IOException {
    if (value instanceof Double number) {
      out.write('G');
      out.writeDouble(number);
    } else if (value instanceof Integer number) {
      out.write('J');
      out.writeInt(Integer.reverseBytes(number));
    } else if (value instanceof Boolean flag) {
      out.write(flag ? 0x88 : 0x89);
    } else {
      throw new IllegalArgumentException(
          "A script's attribute is a Double, an Integer or a Boolean, not " + value.getClass());
    }
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
