package dev.relive.agents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import dev.relive.environments.Box;
import dev.relive.environments.Composite;
import dev.relive.environments.Discrete;
import dev.relive.log.Settings;
import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.Preprocessing;
import dev.relive.log.wire.Setting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessingMessagesTest {
  private static final EnvironmentSpec PARTS =
      ObservationEncodingTest.spec(
          new Composite(
              List.of(
                  new Composite.Part("x", new Box(new int[] {1}, new float[1], new float[] {1})),
                  new Composite.Part("kind", new Discrete(3)))));

  @ParameterizedTest
  @CsvSource({"AUTO, 1, false", "FALSE, 1, true", "TRUE, 4, true", "FALSE, 2, false"})
  void whatIsDoneComesBackFromItsMessage(OneHot oneHot, int frames, boolean normalised) {
    ObservationEncoding encoding = ObservationEncoding.of(PARTS, oneHot, frames, normalised);
    ObservationEncoder encoder = new ObservationEncoder(encoding);
    encoder.use(new Normalisation(new float[] {1, 2}, new float[] {3, 4}));
    Preprocessing message = PreprocessingMessages.message(encoder);

    assertEquals(encoding, PreprocessingMessages.encoding(message, PARTS));
    Normalisation back = PreprocessingMessages.normalisation(message, encoding);
    assertArrayEquals(new float[] {normalised ? 1 : 0, normalised ? 2 : 0}, back.mean());
    assertArrayEquals(new float[] {normalised ? 3 : 1, normalised ? 4 : 1}, back.deviation());
  }

  @Test
  void nothingIsSaidOfWhatIsNotDone() {
    ObservationEncoder encoder = new ObservationEncoder(ObservationEncoding.none(2));
    assertEquals(Preprocessing.getDefaultInstance(), PreprocessingMessages.message(encoder));
    ObservationEncoder stacked =
        new ObservationEncoder(ObservationEncoding.of(PARTS, OneHot.AUTO, 3, false));
    assertEquals(
        Settings.of(Map.of("observation.one-hot", "true", "observation.stack", "3")),
        Settings.of(PreprocessingMessages.message(stacked).getSettingsList()));
  }

  @Test
  void whatIsUnknownIsRefusedByName() {
    Preprocessing message =
        Preprocessing.newBuilder()
            .addSettings(Setting.newBuilder().setName("observation.crop").setValue("8"))
            .build();
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> PreprocessingMessages.encoding(message, PARTS));
    assertEquals(
        "The preprocessing observation.crop is unknown; known are [observation.normalise,"
            + " observation.one-hot, observation.stack].",
        e.getMessage());
  }

  @Test
  void damagedStatisticsAreRefused() {
    ObservationEncoding encoding = ObservationEncoding.of(PARTS, OneHot.AUTO, 1, true);
    Preprocessing.Builder message =
        PreprocessingMessages.message(new ObservationEncoder(encoding)).toBuilder();
    byte[] bytes = message.getStatistics().getSafetensors().toByteArray();
    bytes[bytes.length - 1] ^= 1;
    message.getStatisticsBuilder().setSafetensors(ByteString.copyFrom(bytes));
    assertThrows(
        IllegalArgumentException.class,
        () -> PreprocessingMessages.normalisation(message.build(), encoding));
    assertThrows(
        IllegalArgumentException.class,
        () -> PreprocessingMessages.normalisation(Preprocessing.getDefaultInstance(), encoding));
  }
}
