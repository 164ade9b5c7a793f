package dev.relive.cli;

import dev.relive.cli.curve.CurveCsv;
import dev.relive.cli.curve.CurveImage;
import dev.relive.cli.curve.RewardCurve;
import dev.relive.cli.curve.RunCurves;
import dev.relive.cli.curve.TerminalPlot;
import dev.relive.cli.display.Terminal;
import dev.relive.log.RunReports.RunReport;
import dev.relive.service.UserException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/** Runs' reward curves on the screen and in files. */
final class CurveFiles {

  private final CurveConfig config;
  private final List<RewardCurve> curves;
  private final String title;

  CurveFiles(CurveConfig config, List<RunReport> runs) {
    this.config = config;
    curves = RunCurves.of(runs);
    title =
        runs.stream()
            .map(each -> each.run().spec().getEnvironment().getId())
            .distinct()
            .collect(Collectors.joining(", "));
  }

  /**
   * Says before anything is printed what can be said against the files.
   *
   * @throws UserException if one is there and may not be replaced
   */
  void requireWritable() {
    config.png().ifPresent(file -> whole(file).requireWritable());
    config.csv().ifPresent(file -> whole(file).requireWritable());
  }

  private WholeFile whole(Path file) {
    return new WholeFile(file, config.force());
  }

  /** As wide as the screen is. */
  String picture(Map<String, String> variables) {
    return TerminalPlot.text(curves, Terminal.detect(variables).columns());
  }

  /**
   * Writes the files asked for, and says so.
   *
   * @throws UserException if one cannot be written
   */
  void write(PrintStream told) {
    config
        .csv()
        .ifPresent(
            file -> {
              String text = CurveCsv.text(curves);
              write(file, part -> Files.writeString(part, text), told);
            });
    config
        .png()
        .ifPresent(
            file -> {
              BufferedImage image = image();
              write(file, part -> encode(image, part), told);
            });
  }

  private interface Writing {
    void to(Path part) throws IOException;
  }

  private void write(Path file, Writing writing, PrintStream told) {
    boolean unused =
        whole(file)
            .write(
                part -> {
                  writing.to(part);
                  return true;
                });
    told.println("Written to " + file + ".");
  }

  private static void encode(BufferedImage image, Path part) throws IOException {
    if (!ImageIO.write(image, "png", part.toFile())) {
      throw new IOException("this Java writes no PNG");
    }
  }

  /** A Java without fonts, as small containers have it, fails with errors of many kinds. */
  private BufferedImage image() {
    try {
      return CurveImage.of(title, curves);
    } catch (LinkageError | InternalError e) {
      throw new UserException(
          "The picture cannot be drawn: this Java has no fonts (%s); --csv needs none."
              .formatted(e),
          ExitCode.FAILURE,
          e);
    }
  }
}
