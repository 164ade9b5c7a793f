package dev.relive.agents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import dev.relive.log.wire.Snapshot;
import dev.relive.log.wire.SnapshotReason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotFileTest {
  private static final NetworkSpec NETWORK =
      new NetworkSpec(4, List.of(3, 5), 2, Heads.ACTION_VALUES, Activation.RELU);
  private static final Tensors WEIGHTS = weights();
  private static final Snapshot SNAPSHOT =
      Snapshot.newBuilder()
          .setRun("cartpole-1")
          .setVersion(81)
          .setGeneration(2)
          .setParentVersion(70)
          .setRunSteps(14_000)
          .setUpdates(13_000)
          .setReason(SnapshotReason.PERIODIC)
          .setEnvironment("CartPole-v1")
          .setAlgorithm("double-dqn")
          .setNetwork(ModelMessages.message(NETWORK))
          .setWeights(ModelMessages.message(WEIGHTS))
          .build();

  private static Tensors weights() {
    float[] values = new float[NETWORK.parameterCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i);
    }
    return Tensors.of(NETWORK.tensors(), values);
  }

  @Test
  void holdsTheTensorsAsAnyReaderOfTheFormatFindsThem() {
    ByteBuffer file = ByteBuffer.wrap(SnapshotFile.encode(SNAPSHOT));
    JsonObject header = header(file);

    assertEquals(NETWORK.tensors().size() + 1, header.size());
    for (TensorSpec spec : NETWORK.tensors()) {
      assertArrayEquals(WEIGHTS.tensor(spec.name()), read(file, header, spec), spec.name());
    }
  }

  @Test
  void saysWhereTheyComeFromAndHowTheNetworkIsBuilt() {
    JsonObject metadata =
        header(ByteBuffer.wrap(SnapshotFile.encode(SNAPSHOT))).getAsJsonObject("__metadata__");

    String expected =
        "{'run':'cartpole-1','version':'81','generation':'2','parent_version':'70',"
            + "'steps':'14000','updates':'13000','reason':'periodic',"
            + "'environment':'CartPole-v1','algorithm':'double-dqn','network':'mlp',"
            + "'observation_size':'4','hidden_sizes':'3,5','action_count':'2',"
            + "'activation':'relu','heads':'action-values','sha256':'"
            + HexFormat.of().formatHex(WEIGHTS.sha256())
            + "'}";
    assertEquals(expected.replace('\'', '"'), metadata.toString());
  }

  @Test
  void saysWhichImagesConvolutionsAreFor() {
    NetworkSpec network =
        new NetworkSpec(
            new Convolutions(1, 10, 10, 4, List.of(16, 8)),
            List.of(5),
            2,
            Heads.ACTION_VALUES,
            Activation.RELU);
    Tensors weights = Tensors.of(network.tensors(), new float[network.parameterCount()]);
    Snapshot snapshot =
        SNAPSHOT.toBuilder()
            .setNetwork(ModelMessages.message(network))
            .setWeights(ModelMessages.message(weights))
            .build();
    JsonObject metadata =
        header(ByteBuffer.wrap(SnapshotFile.encode(snapshot))).getAsJsonObject("__metadata__");

    assertEquals("cnn", metadata.get("network").getAsString());
    assertEquals("1,10,10,4", metadata.get("image_shape").getAsString());
    assertEquals("16,8", metadata.get("convolution_channels").getAsString());
  }

  @Test
  void saysWhatIsDoneToAnObservationBeforeTheNetwork() {
    ObservationEncoder encoder =
        new ObservationEncoder(new ObservationEncoding(List.of(0, 0), List.of(0, 0), 2, true));
    encoder.use(new Normalisation(new float[] {0.5f, -1}, new float[] {2, 1e-4f}));
    Snapshot snapshot =
        SNAPSHOT.toBuilder().setPreprocessing(PreprocessingMessages.message(encoder)).build();
    JsonObject metadata =
        header(ByteBuffer.wrap(SnapshotFile.encode(snapshot))).getAsJsonObject("__metadata__");

    assertEquals("2", metadata.get("observation_stack").getAsString());
    assertEquals("true", metadata.get("observation_normalise").getAsString());
    assertEquals("0.5,-1.0", metadata.get("observation_mean").getAsString());
    assertEquals("2.0,1.0E-4", metadata.get("observation_deviation").getAsString());
  }

  @Test
  void isReadByOurselves() {
    Tensors read = Safetensors.decode(ByteBuffer.wrap(SnapshotFile.encode(SNAPSHOT)));

    assertEquals(WEIGHTS.specs(), read.specs());
    assertArrayEquals(WEIGHTS.values(), read.values());
  }

  @Test
  void isNotMadeOfDamagedWeights() {
    byte[] damaged = SNAPSHOT.getWeights().getSafetensors().toByteArray();
    damaged[damaged.length - 1] ^= 1;
    Snapshot.Builder snapshot = SNAPSHOT.toBuilder();
    snapshot.getWeightsBuilder().setSafetensors(ByteString.copyFrom(damaged));

    assertEquals(
        "The weights are damaged: their SHA-256 is not the one stated with them.",
        assertThrows(IllegalArgumentException.class, () -> SnapshotFile.encode(snapshot.build()))
            .getMessage());
  }

  /** The format's own description, read without any class of ours. */
  private static JsonObject header(ByteBuffer file) {
    file.order(ByteOrder.LITTLE_ENDIAN);
    byte[] json = new byte[Math.toIntExact(file.getLong(0))];
    file.get(Long.BYTES, json);
    return JsonParser.parseString(new String(json, UTF_8)).getAsJsonObject();
  }

  private static float[] read(ByteBuffer file, JsonObject header, TensorSpec spec) {
    JsonObject entry = header.getAsJsonObject(spec.name());
    assertEquals("F32", entry.get("dtype").getAsString());
    JsonArray shape = entry.getAsJsonArray("shape");
    assertEquals(spec.shape(), shape.asList().stream().map(each -> each.getAsInt()).toList());
    JsonArray offsets = entry.getAsJsonArray("data_offsets");
    int begin = offsets.get(0).getAsInt();
    int data = Long.BYTES + Math.toIntExact(file.getLong(0));
    float[] values = new float[(offsets.get(1).getAsInt() - begin) / Float.BYTES];
    for (int i = 0; i < values.length; i++) {
      values[i] = file.getFloat(data + begin + i * Float.BYTES);
    }
    return values;
  }
}
