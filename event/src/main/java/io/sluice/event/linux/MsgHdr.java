package io.sluice.event.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/** The layout of {@code struct msghdr} on 64 bit processors: an address, the vectors of bytes, ancillary data, flags. */
public final class MsgHdr {
    /** The size of one. */
    public static final int BYTES = 56;

    private static final int NAME = 0;
    private static final int NAME_BYTES = 8;
    private static final int VECTORS = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_BYTES = 40;
    private static final int FLAGS = 48;

    private MsgHdr() {}

    /** A message to where the socket is connected, without ancillary data. */
    public static void put(MemorySegment into, long vectors, int vectorCount) {
        into.set(JAVA_LONG, NAME, 0);
        into.set(JAVA_INT, NAME_BYTES, 0);
        into.set(JAVA_LONG, VECTORS, vectors);
        into.set(JAVA_LONG, VECTOR_COUNT, vectorCount);
        into.set(JAVA_LONG, CONTROL, 0);
        into.set(JAVA_LONG, CONTROL_BYTES, 0);
        into.set(JAVA_INT, FLAGS, 0);
    }
}
