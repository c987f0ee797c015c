package io.sluice.event.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sluice.core.connection.Address;
import java.lang.foreign.MemorySegment;

/**
 * The control data of a datagram that tells which of our addresses it was sent to, or is to come from: a {@code cmsghdr} with an {@code
 * in_pktinfo} or {@code in6_pktinfo}. The same on every 64-bit Linux. An address is two words: an IPv4 address is in the lower one.
 */
public final class PacketInfo {
    /** Room for the larger of them. */
    public static final int BYTES = 40;

    private static final int SOL_IP = 0;
    private static final int IP_PKTINFO = 8;
    private static final int SOL_IPV6 = 41;
    private static final int IPV6_PKTINFO = 50;

    private static final int LENGTH = 0;
    private static final int LEVEL = 8;
    private static final int TYPE = 12;
    private static final int DATA = 16;

    /** Behind the number of the interface: the address to answer from, also if the datagram was for many. */
    private static final int INET_ADDRESS = DATA + 4;

    private static final int INET_LENGTH = DATA + 12;
    private static final int INET_BYTES = 32;
    private static final int INET6_LENGTH = DATA + 20;

    private PacketInfo() {}

    /** Whether the control data that has come is one of these. */
    public static boolean isIn(MemorySegment control, long at, int bytes) {
        return isInet(control, at, bytes) || isInet6(control, at, bytes);
    }

    private static boolean isInet(MemorySegment control, long at, int bytes) {
        return bytes >= INET_LENGTH
                && control.get(JAVA_INT, at + LEVEL) == SOL_IP
                && control.get(JAVA_INT, at + TYPE) == IP_PKTINFO;
    }

    private static boolean isInet6(MemorySegment control, long at, int bytes) {
        return bytes >= INET6_LENGTH
                && control.get(JAVA_INT, at + LEVEL) == SOL_IPV6
                && control.get(JAVA_INT, at + TYPE) == IPV6_PKTINFO;
    }

    /** The first word of the address; 0 if there is none. */
    public static long high(MemorySegment control, long at, int bytes) {
        return isInet6(control, at, bytes) ? control.get(JAVA_LONG, at + DATA) : 0;
    }

    /** The second word of the address; 0 if there is none. */
    public static long low(MemorySegment control, long at, int bytes) {
        if (isInet6(control, at, bytes)) {
            return control.get(JAVA_LONG, at + DATA + Long.BYTES);
        }
        return isInet(control, at, bytes) ? control.get(JAVA_INT, at + INET_ADDRESS) : 0;
    }

    /** The address of those words. */
    public static Address address(int family, long high, long low, int port) {
        boolean inet6 = family == SockAddr.AF_INET6;
        MemorySegment words = MemorySegment.ofArray(new long[] {high, low});
        byte[] bytes = new byte[inet6 ? 2 * Long.BYTES : Integer.BYTES];
        if (inet6) {
            MemorySegment.copy(words, JAVA_BYTE, 0, bytes, 0, bytes.length);
        } else {
            MemorySegment.copy(MemorySegment.ofArray(new int[] {(int) low}), JAVA_BYTE, 0, bytes, 0, bytes.length);
        }
        return Address.inet(bytes, port);
    }

    /**
     * Writes it for a datagram that is sent.
     *
     * @param family of the socket
     * @return its length
     */
    public static int put(MemorySegment control, int family, long high, long low) {
        control.fill((byte) 0);
        if (family == SockAddr.AF_INET6) {
            control.set(JAVA_LONG, LENGTH, INET6_LENGTH);
            control.set(JAVA_INT, LEVEL, SOL_IPV6);
            control.set(JAVA_INT, TYPE, IPV6_PKTINFO);
            control.set(JAVA_LONG, DATA, high);
            control.set(JAVA_LONG, DATA + Long.BYTES, low);
            return BYTES;
        }
        control.set(JAVA_LONG, LENGTH, INET_LENGTH);
        control.set(JAVA_INT, LEVEL, SOL_IP);
        control.set(JAVA_INT, TYPE, IP_PKTINFO);
        control.set(JAVA_INT, INET_ADDRESS, (int) low);
        return INET_BYTES;
    }
}
