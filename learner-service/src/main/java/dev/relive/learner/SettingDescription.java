package dev.relive.learner;

/**
 * One setting of a run, for help and documentation.
 *
 * @param name its name in a RunSpec and after {@code --set}
 * @param defaultValue what it is unless stated
 * @param meaning what it does, with its unit
 */
public record SettingDescription(String name, String defaultValue, String meaning) {}
