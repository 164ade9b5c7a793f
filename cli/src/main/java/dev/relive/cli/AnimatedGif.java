package dev.relive.cli;

import java.awt.image.BufferedImage;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.FileImageOutputStream;

/** Writes pictures to an animated GIF that begins anew when it has ended, one at a time. */
final class AnimatedGif implements Closeable {

  /** What viewers show; most take less for a tenth of a second. */
  private static final Duration SHORTEST = Duration.ofMillis(20);

  private static final String FORMAT = "javax_imageio_gif_image_1.0";
  private static final String FALSE = "FALSE";

  /** "Loop", then how often, as two bytes: for ever. */
  private static final byte[] LOOP_FOREVER = {1, 0, 0};

  /** Where the size of the screen stands that the pictures are drawn on. */
  private static final int SCREEN_SIZE_OFFSET = 6;

  private final Path path;
  private final FileImageOutputStream out;
  private final ImageWriter writer;
  private int frames;
  private int width;
  private int height;

  /** A file that is replaced should it be there. */
  AnimatedGif(Path path) throws IOException {
    this.path = path;
    path.toFile().delete(); // or what was longer would keep its end
    out = new FileImageOutputStream(path.toFile());
    writer = ImageIO.getImageWritersByFormatName("gif").next();
    writer.setOutput(out);
    writer.prepareWriteSequence(null);
  }

  /** Adds a picture and for how long it is shown, to a hundredth of a second. */
  void add(BufferedImage picture, Duration shown) throws IOException {
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(
            ImageTypeSpecifier.createFromRenderedImage(picture), writer.getDefaultWriteParam());
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
    root.appendChild(control(shown));
    if (frames == 0) {
      root.appendChild(loop());
    }
    metadata.setFromTree(FORMAT, root);
    writer.writeToSequence(new IIOImage(picture, null, metadata), null);
    width = Math.max(width, picture.getWidth());
    height = Math.max(height, picture.getHeight());
    frames++;
  }

  /** How many pictures were added. */
  int frames() {
    return frames;
  }

  /** Each picture is taken away before the next, which may be smaller. */
  private static IIOMetadataNode control(Duration shown) {
    IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
    control.setAttribute("disposalMethod", "restoreToBackgroundColor");
    control.setAttribute("userInputFlag", FALSE);
    control.setAttribute("transparentColorFlag", FALSE);
    control.setAttribute("transparentColorIndex", "0");
    Duration delay = shown.compareTo(SHORTEST) < 0 ? SHORTEST : shown;
    control.setAttribute("delayTime", Long.toString(Math.round(delay.toMillis() / 10.0)));
    return control;
  }

  private static IIOMetadataNode loop() {
    IIOMetadataNode extension = new IIOMetadataNode("ApplicationExtension");
    extension.setAttribute("applicationID", "NETSCAPE");
    extension.setAttribute("authenticationCode", "2.0");
    extension.setUserObject(LOOP_FOREVER.clone());
    IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
    extensions.appendChild(extension);
    return extensions;
  }

  /** Ends the file. The screen becomes as large as the largest picture, not as the first. */
  void finish() throws IOException {
    writer.endWriteSequence();
    out.flush();
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(SCREEN_SIZE_OFFSET);
      file.writeShort(Short.reverseBytes((short) width));
      file.writeShort(Short.reverseBytes((short) height));
    }
  }

  @Override
  public void close() throws IOException {
    writer.dispose();
    out.close();
  }
}
