package io.sluice.event.limits;

import io.sluice.event.linux.ChildJvm;
import java.io.IOException;

/** What a {@link ChildServer} holds, after a collection. */
record Memory(
        long residentBytes, long heapBytes, long slabBytesHeld, long slabBytesInUse, long freeSlots, long descriptors) {
    static Memory of(ChildJvm child) throws IOException {
        String[] words = child.ask("memory").split(" ", -1);
        return new Memory(
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                Long.parseLong(words[5]));
    }
}
