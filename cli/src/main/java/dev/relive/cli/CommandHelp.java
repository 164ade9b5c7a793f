package dev.relive.cli;

import dev.relive.learner.Algorithm;
import dev.relive.learner.SettingDescription;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The help text. Below what an option means stand its default and its environment variable; options
 * without a group, such as {@code --help}, come last.
 */
final class CommandHelp extends Help {

  static final int WIDTH = 96;
  static final int OPTION_WIDTH = 36;

  private static final int SETTING_WIDTH = 34;
  private static final int VALUE_WIDTH = 8;

  private static final Text NOTHING = Ansi.OFF.text("");

  CommandHelp(CommandSpec command, ColorScheme colours) {
    super(command, colours);
  }

  @Override
  public String optionList() {
    String groups = optionListGroupSections();
    String rest =
        optionListExcludingGroups(
            commandSpec().options().stream().filter(option -> option.group() == null).toList());
    return groups.isEmpty() ? rest : groups + System.lineSeparator() + rest;
  }

  @Override
  public IParamLabelRenderer parameterLabelRenderer() {
    IParamLabelRenderer standard = super.parameterLabelRenderer();
    return new IParamLabelRenderer() {
      @Override
      public Text renderParameterLabel(ArgSpec argument, Ansi ansi, List<Ansi.IStyle> styles) {
        return isFlag(argument) ? NOTHING : standard.renderParameterLabel(argument, ansi, styles);
      }

      @Override
      public String separator() {
        return standard.separator();
      }
    };
  }

  @Override
  public IOptionRenderer createDefaultOptionRenderer() {
    IOptionRenderer standard = super.createDefaultOptionRenderer();
    return (option, label, colours) -> {
      List<Text[]> rows = new ArrayList<>(List.of(standard.render(option, label, colours)));
      if (EnvironmentVariables.hasVariable(option)) {
        Text origin = colours.text("@|faint " + origin(option) + "|@");
        rows.add(new Text[] {NOTHING, NOTHING, NOTHING, NOTHING, origin});
      }
      return rows.toArray(Text[][]::new);
    };
  }

  /** What {@code --set} can set, for each algorithm, as a section of the help. */
  static String settings(Help help) {
    ColorScheme colours = help.colorScheme();
    RunSettings settings = new RunSettings(help.commandSpec());
    StringBuilder section = new StringBuilder();
    for (Algorithm algorithm : Algorithm.values()) {
      section.append(
          colours.text("%n@|bold Settings of %s for --set|@%n".formatted(algorithm.id())));
      for (SettingDescription setting : algorithm.catalogue()) {
        if (settings.optionOf(setting.name()).isEmpty()) {
          section.append("  ").append(padded(setting.name(), SETTING_WIDTH));
          section.append(padded(setting.defaultValue(), VALUE_WIDTH));
          section.append(setting.meaning()).append(System.lineSeparator());
        }
      }
    }
    return section.toString();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private static String origin(OptionSpec option) {
    String variable = EnvironmentVariables.nameOf(option);
    String usual = isFlag(option) ? "" : UsualValues.of(option);
    return usual.isEmpty() ? variable : "[" + usual + "] " + variable;
  }

  private static boolean isFlag(ArgSpec argument) {
    return argument.type() == boolean.class;
  }
}
