package dev.relive.cli;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;
import org.w3c.dom.Node;

/**
 * What is in an animated GIF.
 *
 * @param width of the screen that the pictures are drawn on
 * @param height of it
 * @param delays for how long each picture is shown, in hundredths of a second
 * @param pictures each one's colours, row by row
 * @param loopsForEver whether it begins anew when it has ended
 */
record GifFile(
    int width,
    int height,
    List<Integer> delays,
    List<List<Integer>> pictures,
    boolean loopsForEver) {

  static GifFile read(Path path) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    File file = path.toFile();
    try (ImageInputStream in = ImageIO.createImageInputStream(file)) {
      reader.setInput(in);
      IIOMetadataNode screen =
          element(
              reader.getStreamMetadata().getAsTree("javax_imageio_gif_stream_1.0"),
              "LogicalScreenDescriptor");
      List<Integer> delays = new ArrayList<>();
      List<List<Integer>> pictures = new ArrayList<>();
      boolean loops = false;
      for (int i = 0; i < reader.getNumImages(true); i++) {
        Node tree = reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
        delays.add(
            Integer.parseInt(element(tree, "GraphicControlExtension").getAttribute("delayTime")));
        pictures.add(colours(reader.read(i)));
        loops |= i == 0 && loops(tree);
      }
      return new GifFile(
          Integer.parseInt(screen.getAttribute("logicalScreenWidth")),
          Integer.parseInt(screen.getAttribute("logicalScreenHeight")),
          delays,
          pictures,
          loops);
    } finally {
      reader.dispose();
    }
  }

  private static boolean loops(Node tree) {
    IIOMetadataNode extension = element(tree, "ApplicationExtension");
    return extension.getAttribute("applicationID").equals("NETSCAPE")
        && Arrays.equals((byte[]) extension.getUserObject(), new byte[] {1, 0, 0});
  }

  private static IIOMetadataNode element(Node tree, String name) {
    return (IIOMetadataNode) ((IIOMetadataNode) tree).getElementsByTagName(name).item(0);
  }

  private static List<Integer> colours(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    return Arrays.stream(picture.getRGB(0, 0, width, height, null, 0, width)).boxed().toList();
  }
}
