package io.sluice.event.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** The layout of {@code struct epoll_event}: 32 bits of events, then 64 bits of the caller's own. */
public final class EpollEvent {
    public static final int IN = 1;
    public static final int OUT = 1 << 2;
    public static final int ERR = 1 << 3;
    public static final int HUP = 1 << 4;
    public static final int RDHUP = 1 << 13;
    public static final int EXCLUSIVE = 1 << 28;
    /** Edge-triggered. */
    public static final int ET = 1 << 31;

    /** The operations of epoll_ctl. */
    public static final int ADD = 1;

    public static final int DELETE = 2;
    public static final int MODIFY = 3;

    /** The size of one. */
    public static final int BYTES = bytes(System.getProperty("os.arch"));

    private static final int DATA = BYTES - Long.BYTES;

    private EpollEvent() {}

    /** Packed on x86-64, so that 32 bit programs share the layout, and nowhere else. */
    static int bytes(String architecture) {
        return architecture.equals("amd64") || architecture.equals("x86_64") ? 12 : 16;
    }

    public static int events(MemorySegment array, int index) {
        return array.get(JAVA_INT_UNALIGNED, (long) index * BYTES);
    }

    public static long data(MemorySegment array, int index) {
        return array.get(JAVA_LONG_UNALIGNED, (long) index * BYTES + DATA);
    }

    public static void put(MemorySegment array, int index, int events, long data) {
        array.set(JAVA_INT_UNALIGNED, (long) index * BYTES, events);
        array.set(JAVA_LONG_UNALIGNED, (long) index * BYTES + DATA, data);
    }
}
