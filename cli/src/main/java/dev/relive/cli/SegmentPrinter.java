package dev.relive.cli;

import dev.relive.log.SegmentRecord;

/** Prints segments, one after the other. */
interface SegmentPrinter {

  void print(SegmentRecord record);
}
