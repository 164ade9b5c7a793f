package dev.relive.agents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.environments.random.Generator;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkSpecTest {
  private static final NetworkSpec NETWORK =
      new NetworkSpec(4, List.of(3, 5), 2, Heads.ACTION_VALUES, Activation.RELU);

  @Test
  void namesTensorsAsASequentialOfLinearLayers() {
    assertEquals(
        "[0.weight[3, 4], 0.bias[3], 2.weight[5, 3], 2.bias[5], 4.weight[2, 5], 4.bias[2]]",
        NETWORK.tensors().toString());
    assertEquals(12 + 3 + 15 + 5 + 10 + 2, NETWORK.parameterCount());
  }

  @Test
  void withoutHiddenLayersItIsLinear() {
    NetworkSpec linear = new NetworkSpec(4, List.of(), 2, Heads.ACTION_VALUES, Activation.TANH);
    assertEquals("[0.weight[2, 4], 0.bias[2]]", linear.tensors().toString());
  }

  @Test
  void namesTensorsAsASequentialOfConvolutionsAndLinearLayers() {
    // Sequential(Conv2d, ReLU, Flatten, Linear, ReLU, Linear)
    NetworkSpec minAtar = convolutional(List.of(16), List.of(128));
    assertEquals(
        "[0.weight[16, 4, 3, 3], 0.bias[16], 3.weight[128, 1024], 3.bias[128], 5.weight[6, 128],"
            + " 5.bias[6]]",
        minAtar.tensors().toString());
    assertEquals(400, minAtar.observationSize());
    // Sequential(Conv2d, ReLU, Conv2d, ReLU, Flatten, Linear)
    assertEquals(
        "[0.weight[8, 4, 3, 3], 0.bias[8], 2.weight[5, 8, 3, 3], 2.bias[5], 5.weight[6, 180],"
            + " 5.bias[6]]",
        convolutional(List.of(8, 5), List.of()).tensors().toString());
  }

  private static NetworkSpec convolutional(List<Integer> filters, List<Integer> hiddenSizes) {
    return new NetworkSpec(
        new Convolutions(1, 10, 10, 4, filters),
        hiddenSizes,
        6,
        Heads.ACTION_VALUES,
        Activation.RELU);
  }

  @Test
  void convolutionsStartWithinTheBoundOfTheInputsOfAnOutput() {
    NetworkSpec network = convolutional(List.of(16), List.of());
    Tensors tensors = Tensors.of(network.tensors(), network.initialParameters(Generator.seeded(1)));
    double largest = largest(tensors.tensor("0.weight"));
    assertTrue(largest <= 1 / 6.0 && largest > 0.9 / 6, "reaches " + largest);
  }

  @Test
  void refusesConvolutionsThatLeaveNoImageOrFitNoObservation() {
    Exception small =
        assertThrows(
            IllegalArgumentException.class, () -> new Convolutions(1, 10, 4, 1, List.of(8, 8)));
    assertEquals(
        "Images of 10 rows and 4 columns are too small for 2 convolutions, each of which takes away"
            + " 2 of both.",
        small.getMessage());
    Exception other =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new NetworkSpec(
                    401,
                    new Convolutions(1, 10, 10, 4, List.of(16)),
                    List.of(),
                    6,
                    Heads.ACTION_VALUES,
                    Activation.RELU));
    assertEquals(
        "Convolutions of images of together 400 numbers cannot be applied to observations of 401.",
        other.getMessage());
  }

  @Test
  void startsWithinTheBoundOfEachLayersInputs() {
    NetworkSpec network =
        new NetworkSpec(4, List.of(100, 25), 2, Heads.ACTION_VALUES, Activation.RELU);
    Tensors tensors = Tensors.of(network.tensors(), network.initialParameters(Generator.seeded(1)));
    for (String[] layer :
        new String[][] {
          {"0.weight", "0.5"}, {"0.bias", "0.5"}, {"2.weight", "0.1"}, {"4.weight", "0.2"}
        }) {
      double largest = largest(tensors.tensor(layer[0]));
      double bound = Double.parseDouble(layer[1]);
      assertTrue(largest <= bound && largest > 0.9 * bound, layer[0] + " reaches " + largest);
    }
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  @Test
  void aValueHeadIsOneMoreOutput() {
    NetworkSpec both = new NetworkSpec(4, List.of(3), 2, Heads.POLICY_AND_VALUE, Activation.TANH);
    assertEquals(3, both.outputCount());
    assertEquals(2, NETWORK.outputCount());
    assertEquals(
        "[0.weight[3, 4], 0.bias[3], 2.weight[3, 3], 2.bias[3]]", both.tensors().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "25"})
  void aPolicyHeadStartsSmallAndTheRestAsItWould(String hidden) {
    List<Integer> hiddenSizes = hidden.isEmpty() ? List.of() : List.of(Integer.valueOf(hidden));
    NetworkSpec values = new NetworkSpec(25, hiddenSizes, 3, Heads.ACTION_VALUES, Activation.TANH);
    NetworkSpec both = new NetworkSpec(25, hiddenSizes, 2, Heads.POLICY_AND_VALUE, Activation.TANH);
    float[] usual = values.initialParameters(Generator.seeded(3));
    float[] small = both.initialParameters(Generator.seeded(3));
    int lastWeights = usual.length - 3 * 25 - 3;
    int lastBiases = usual.length - 3;
    for (int i = 0; i < usual.length; i++) {
      boolean ofPolicy =
          i >= lastBiases ? i < lastBiases + 2 : i >= lastWeights && i < lastWeights + 2 * 25;
      assertEquals(ofPolicy ? usual[i] * 0.01f : usual[i], small[i], "parameter " + i);
    }
  }

  @Test
  void startsTheSameFromTheSameSeed() {
    assertArrayEquals(
        NETWORK.initialParameters(Generator.seeded(7)),
        NETWORK.initialParameters(Generator.seeded(7)));
    assertTrue(
        !Arrays.equals(
            NETWORK.initialParameters(Generator.seeded(7)),
            NETWORK.initialParameters(Generator.seeded(8))));
  }

  @Test
  void refusesSizesBelowOne() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new NetworkSpec(4, List.of(64, 0), 2, Heads.ACTION_VALUES, Activation.RELU));
    assertEquals("The hidden size of a network is 0; it must be 1 or more.", e.getMessage());
  }
}
