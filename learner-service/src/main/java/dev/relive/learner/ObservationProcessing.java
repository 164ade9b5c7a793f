package dev.relive.learner;

import dev.relive.agents.EarlierFrames;
import dev.relive.agents.ObservationEncoder;
import dev.relive.agents.ObservationEncoding;
import dev.relive.agents.PreprocessingMessages;
import dev.relive.agents.RunningMoments;
import dev.relive.log.Segment;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Preprocessing;
import java.util.stream.DoubleStream;

/**
 * What a learner does to observations, and the statistics that it keeps for that. There are two:
 * the moments of everything ingested, which change with every observation, and the normalisation in
 * use, which is brought up to date with them only where the algorithm says so, and travels with the
 * weights.
 */
final class ObservationProcessing {
  private final ObservationEncoder encoder;
  private final EarlierFrames earlier;
  private final RunningMoments moments;
  private final boolean normalised;
  private float[] rows = new float[0];

  ObservationProcessing(ObservationEncoding encoding) {
    encoder = new ObservationEncoder(encoding);
    earlier = new EarlierFrames(encoding);
    moments = new RunningMoments(encoding.rawSize());
    normalised = encoding.normalised();
  }

  /** Observations of so many numbers as they are. */
  static ObservationProcessing none(int size) {
    return new ObservationProcessing(ObservationEncoding.none(size));
  }

  /** By which batches are encoded. */
  ObservationEncoder encoder() {
    return encoder;
  }

  /** The frames before those of a segment, where segments are not remembered otherwise. */
  EarlierFrames earlier() {
    return earlier;
  }

  /** Takes notice of transitions of a segment, each one once and in the order of ingestion. */
  void ingested(Segment segment, int from, int count) {
    if (normalised && count > 0) {
      int size = encoder.encoding().rawSize();
      if (rows.length < count * size) {
        rows = new float[segment.length() * size];
      }
      segment.observations().copyRows(from, count, rows, 0);
      moments.add(rows, count);
    }
  }

  /** Brings the normalisation up to date with what has been ingested. */
  void update() {
    if (normalised) {
      encoder.use(moments.normalisation());
    }
  }

  /** What travels with weights that learned by this. */
  Preprocessing message() {
    return encoder.isIdentity()
        ? Preprocessing.getDefaultInstance()
        : PreprocessingMessages.message(encoder);
  }

  /** Begins with the normalisation that other weights learned by. */
  void use(Preprocessing message) {
    encoder.use(PreprocessingMessages.normalisation(message, encoder.encoding()));
  }

  void save(CheckpointState.Builder checkpoint) {
    if (encoder.isIdentity()) {
      return;
    }
    Preprocessing.Builder message = message().toBuilder();
    if (normalised) {
      message
          .getMomentsBuilder()
          .setCount(moments.count())
          .addAllMean(DoubleStream.of(moments.mean()).boxed().toList())
          .addAllSquares(DoubleStream.of(moments.squares()).boxed().toList());
    }
    checkpoint.setPreprocessing(message);
  }

  void restore(CheckpointState checkpoint) {
    if (normalised) {
      use(checkpoint.getPreprocessing());
      Preprocessing.Moments saved = checkpoint.getPreprocessing().getMoments();
      moments.restore(
          saved.getCount(),
          saved.getMeanList().stream().mapToDouble(Double::doubleValue).toArray(),
          saved.getSquaresList().stream().mapToDouble(Double::doubleValue).toArray());
    }
  }
}
