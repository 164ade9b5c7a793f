package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SequenceSetTest {

  @Property(tries = 200)
  void holdsWhatASetHolds(@ForAll List<@IntRange(min = -20, max = 20) Integer> changes) {
    SequenceSet set = new SequenceSet();
    TreeSet<Long> plain = new TreeSet<>();
    for (int change : changes) {
      if (change >= 0) {
        set.add(change);
        plain.add((long) change);
      } else {
        set.remove(-change);
        plain.remove((long) -change);
      }
    }
    List<Long> held = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    set.forEachStretch(
        (first, last) -> {
          for (long sequence = first; sequence <= last; sequence++) {
            held.add(sequence);
          }
          ends.add(first);
          ends.add(last + 1);
        });

    assertEquals(List.copyOf(plain), held);
    assertEquals(ends.stream().distinct().toList(), ends);
  }
}
