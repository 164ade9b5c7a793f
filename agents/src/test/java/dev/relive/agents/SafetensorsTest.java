package dev.relive.agents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  private static final String HEADER =
      "{'0.weight':{'dtype':'F32','shape':[1,3],'data_offsets':[0,12]},"
          + "'0.bias':{'dtype':'F32','shape':[1],'data_offsets':[12,16]}}";

  @Test
  void writesTheFormatToTheByte() {
    byte[] expected = file(HEADER + "    ", TensorsTest.LAYER.values());
    assertEquals(8 + 128 + 16, expected.length);
    assertArrayEquals(expected, Safetensors.encode(TensorsTest.LAYER));
  }

  @Property
  void readsWhatItWrites(
      @ForAll @Size(max = 4) List<@Size(max = 3) List<@IntRange(max = 5) Integer>> shapes,
      @ForAll long seed) {
    List<TensorSpec> specs = new ArrayList<>();
    for (List<Integer> shape : shapes) {
      specs.add(new TensorSpec("tensor \"" + specs.size() + "\" ü", shape));
    }
    float[] values = new float[specs.stream().mapToInt(TensorSpec::size).sum()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat((int) (seed + i * 0x9E3779B9L));
    }
    Tensors tensors = Tensors.of(specs, values);
    Tensors read = Safetensors.decode(ByteBuffer.wrap(Safetensors.encode(tensors)));
    assertEquals(specs, read.specs());
    assertArrayEquals(tensors.sha256(), read.sha256());
  }

  @Test
  void readsHeadersInAnyOrderAndSkipsMetadata() {
    String header =
        "{'b':{'data_offsets':[4,8],'shape':[1],'dtype':'F32'},'__metadata__':{'format':'pt'},"
            + "'a':{'dtype':'F32','shape':[],'data_offsets':[0,4]}}";
    Tensors tensors = decode(header, 1, 2);
    assertEquals("[a[], b[1]]", tensors.specs().toString());
    assertArrayEquals(new float[] {1, 2}, tensors.values());
  }

  @Test
  void readsFromTheMiddleOfABuffer() {
    byte[] file = Safetensors.encode(TensorsTest.LAYER);
    ByteBuffer buffer = ByteBuffer.allocate(file.length + 10).position(3);
    buffer.put(file).flip().position(3);
    assertArrayEquals(TensorsTest.LAYER.values(), Safetensors.decode(buffer).values());
    assertEquals(3, buffer.position());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'a':{'dtype':'F16','shape':[2],'data_offsets':[0,4]}} | the tensor a is of type F16, and"
            + " only F32 is read",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | its tensors take 8 bytes, and 4"
            + " are there",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | the tensor a[1] lies at [4, 8]"
            + " instead of [0, 4]",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}} | the tensor a[2] lies at [0, 4]"
            + " instead of [0, 8]",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0]}} | the tensor a has the data_offsets"
            + " [0]",
        "{'a':{'dtype':'F32','shape':[1]}} | the tensor a has the data_offsets []",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4],'x':1}} | the tensor a has the"
            + " unknown field x",
        "{'a':{'dtype':'F32','shape':[99999999999],'data_offsets':[0,4]}} | its header is not the"
            + " JSON expected",
        "{'a':{'dtype':'F32','shape':[1.5],'data_offsets':[0,4]}} | its header is not the JSON"
            + " expected",
        "{'a':7} | its header is not the JSON expected",
        "{} {} | its header is not the JSON expected",
        "[] | its header is not the JSON expected",
        "{'a' | its header is not the JSON expected",
        "`` | its header is not the JSON expected"
      })
  void saysWhatIsWrongWithAHeader(String header, String reason) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> decode(header, 1));
    assertEquals("Not a safetensors file of ours: " + reason + ".", e.getMessage());
  }

  @Test
  void refusesShapesThatNoArrayHoldsAndNamesThatRepeat() {
    assertThrows(
        IllegalArgumentException.class,
        () -> decode("{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}}", 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> decode("{'a':{'dtype':'F32','shape':[65536,65536],'data_offsets':[0,4]}}", 1));
    String one = "'a':{'dtype':'F32','shape':[1],'data_offsets':";
    assertThrows(
        IllegalArgumentException.class,
        () -> decode("{" + one + "[0,4]}," + one + "[4,8]}}", 1, 2));
  }

  @Test
  void refusesTruncatedFilesAndLengthsBeyondTheFile() {
    byte[] file = Safetensors.encode(TensorsTest.LAYER);
    for (int length = 0; length < file.length; length++) {
      ByteBuffer truncated = ByteBuffer.wrap(file, 0, length);
      assertThrows(IllegalArgumentException.class, () -> Safetensors.decode(truncated));
    }
    ByteBuffer huge = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(0, -2);
    Exception e = assertThrows(IllegalArgumentException.class, () -> Safetensors.decode(huge));
    assertEquals(
        "Not a safetensors file of ours: its header should take 18446744073709551614 bytes, and 8"
            + " follow.",
        e.getMessage());
  }

  private static Tensors decode(String header, float... values) {
    return Safetensors.decode(ByteBuffer.wrap(file(header, values)));
  }

  private static byte[] file(String header, float... values) {
    byte[] json = header.replace('\'', '"').getBytes(UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + json.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length).put(json);
    for (float value : values) {
      file.putFloat(value);
    }
    return file.array();
  }
}
