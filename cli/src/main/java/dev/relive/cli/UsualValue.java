package dev.relive.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What an option means that is not stated, where null tells that it is not. For the help. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface UsualValue {
  String value();
}
