package dev.relive.cli;

import dev.relive.agents.torch.NoSuchDeviceException;
import dev.relive.log.InvalidSettingException;
import dev.relive.log.LogException;
import dev.relive.service.UserException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one sentence what is wrong; where in the program it came about is for {@code -v}. */
final class CommandErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {

  private final PrintStream err;
  private final EnvironmentVariables variables;

  CommandErrors(PrintStream err, EnvironmentVariables variables) {
    this.err = err;
    this.variables = variables;
  }

  /** The command line could not be understood. */
  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    err.println(sentence(failure));
    return ExitCode.USAGE;
  }

  /** The command was understood and failed. */
  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult parseResult) {
    if (parseResult.matchedOptionValue("--verbose", false)) {
      failure.printStackTrace(err);
    }
    if (failure instanceof InvalidOption invalid) {
      err.println(sentence(invalid.option(), invalid.value(), invalid.allowed()));
      return ExitCode.USAGE;
    }
    if (failure instanceof UserException expected) {
      err.println(closed(expected.getMessage()));
      return expected.exitCode();
    }
    if (failure instanceof InvalidSettingException) {
      err.println(closed(failure.getMessage()));
      return ExitCode.USAGE;
    }
    if (failure instanceof LogException || failure instanceof NoSuchDeviceException) {
      err.println(closed(failure.getMessage()));
      return ExitCode.FAILURE;
    }
    err.println(
        "This should not have happened: %s; with --verbose it says where.".formatted(failure));
    return ExitCode.FAILURE;
  }

  private String sentence(ParameterException failure) {
    CommandSpec command = failure.getCommandLine().getCommandSpec();
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched.getUnmatched().get(0), command);
    }
    if (failure instanceof MissingParameterException missing) {
      return missing(missing.getMissing().get(0), command);
    }
    if (!command.subcommands().isEmpty()) {
      return command.qualifiedName() + " needs a command: " + oneOf(names(command)) + ".";
    }
    if (failure.getArgSpec() instanceof OptionSpec option && failure.getValue() != null) {
      return sentence(option.longestName(), failure.getValue(), allowed(option));
    }
    return closed(failure.getMessage());
  }

  private static String missing(ArgSpec argument, CommandSpec command) {
    return argument instanceof OptionSpec option
        ? option.longestName() + " needs a value: " + option.paramLabel() + "."
        : "%s needs %s: %s"
            .formatted(command.qualifiedName(), argument.paramLabel(), argument.description()[0]);
  }

  private static Object[] names(CommandSpec command) {
    return command.subcommands().keySet().toArray();
  }

  /** With the full stop that messages of libraries lack. */
  private static String closed(@Nullable String message) {
    String sentence = String.valueOf(message);
    return sentence.endsWith(".") || sentence.endsWith("?") ? sentence : sentence + ".";
  }

  private String sentence(String option, String value, String allowed) {
    return variables.source(option, value)
        + " is "
        + quoted(value)
        + ", and must be "
        + allowed
        + ".";
  }

  private static String unmatched(String word, CommandSpec command) {
    String name = command.qualifiedName();
    if (word.startsWith("-")) {
      String option = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
      return "%s has no option %s%s"
          .formatted(name, option, Suggestion.ending(option, command.optionsMap().keySet()));
    }
    if (command.subcommands().isEmpty()) {
      return "%s takes options only, and %s is none.".formatted(name, quoted(word));
    }
    return "%s has no command %s%s"
        .formatted(name, quoted(word), Suggestion.ending(word, command.subcommands().keySet()));
  }

  private static String allowed(ArgSpec option) {
    if (option.isMultiValue()) {
      return option.paramLabel();
    }
    Class<?> type = option.type();
    if (type == Port.class) {
      return Port.ALLOWED;
    }
    if (type == Retention.class) {
      return Retention.ALLOWED;
    }
    if (type == PruneLimit.class) {
      return PruneLimit.ALLOWED;
    }
    if (type == ByteSize.class) {
      return ByteSize.ALLOWED;
    }
    if (type.isEnum()) {
      return oneOf(type.getEnumConstants());
    }
    if (type == boolean.class) {
      return oneOf(new String[] {"true", "false"});
    }
    if (type == int.class || type == Integer.class) {
      return "a whole number of at most " + Integer.MAX_VALUE;
    }
    return type == long.class || type == Long.class
        ? "a whole number"
        : "a " + type.getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String oneOf(Object[] values) {
    List<String> names = new ArrayList<>(Arrays.stream(values).map(Object::toString).toList());
    String last = names.remove(names.size() - 1);
    return String.join(", ", names) + " or " + last;
  }

  private static String quoted(String word) {
    return word.isBlank() ? "'" + word + "'" : word;
  }
}
