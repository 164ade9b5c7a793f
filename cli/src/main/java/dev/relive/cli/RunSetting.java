package dev.relive.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an option that is a setting of the run, by the name that the setting has in the RunSpec.
 * Null stands for the algorithm's default.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface RunSetting {
  String value();
}
