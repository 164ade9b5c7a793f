package dev.relive.log;

/** What was found at an offset. */
record Found<T>(long offset, T value) {}
