package io.sluice.event.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.sluice.core.connection.Address;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** {@code sockaddr_in}, {@code sockaddr_in6} and {@code sockaddr_un}, to and from an {@link Address}. */
public final class SockAddr {
    public static final int AF_UNIX = 1;
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;

    /** Room for the largest of them, in whole words. */
    public static final int BYTES = 112;

    private static final int INET_BYTES = 16;
    private static final int INET6_BYTES = 28;
    private static final int PATH = 2;
    private static final int PATH_BYTES = 108;
    private static final ValueLayout.OfShort NETWORK_SHORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);

    private SockAddr() {}

    public static int family(Address address) {
        return switch (address.family()) {
            case INET -> AF_INET;
            case INET6 -> AF_INET6;
            case UNIX -> AF_UNIX;
        };
    }

    /**
     * Writes an address into at least {@link #BYTES} bytes.
     *
     * @return its length; or 0 if it is the path of a unix socket that is too long, or empty
     */
    public static int put(Address address, MemorySegment into) {
        into.fill((byte) 0);
        into.set(JAVA_SHORT, 0, (short) family(address));
        return switch (address.family()) {
            case INET -> {
                into.set(NETWORK_SHORT, 2, (short) address.port());
                putBytes(address, into, 4);
                yield INET_BYTES;
            }
            case INET6 -> {
                into.set(NETWORK_SHORT, 2, (short) address.port());
                putBytes(address, into, 8);
                into.set(JAVA_INT, 24, address.scope());
                yield INET6_BYTES;
            }
            case UNIX -> putPath(address, into);
        };
    }

    /** A name that begins with a zero byte ends with its length, a path with a zero byte. */
    private static int putPath(Address address, MemorySegment into) {
        int length = address.length();
        if (length == 0) {
            return 0;
        }
        int closing = address.byteAt(0) == 0 ? 0 : 1;
        if (length + closing > PATH_BYTES) {
            return 0;
        }
        putBytes(address, into, PATH);
        return PATH + length + closing;
    }

    private static void putBytes(Address address, MemorySegment into, int offset) {
        for (int i = 0; i < address.length(); i++) {
            into.set(JAVA_BYTE, offset + i, address.byteAt(i));
        }
    }

    /**
     * Reads an address that the system left.
     *
     * @return null if it is of a family that is not known here
     */
    public static @Nullable Address get(MemorySegment from, int length) {
        return switch (length < PATH ? 0 : from.get(JAVA_SHORT, 0)) {
            case AF_INET -> Address.inet(bytes(from, 4, 4), port(from));
            case AF_INET6 -> Address.inet(bytes(from, 8, 16), port(from), from.get(JAVA_INT, 24));
            case AF_UNIX -> Address.unix(bytes(from, PATH, pathLength(from, length)));
            default -> null;
        };
    }

    private static int port(MemorySegment from) {
        return from.get(NETWORK_SHORT, 2) & 0xffff;
    }

    /**
     * The system may or may not count the zero byte at the end of a path. A socket without a name has no bytes at all.
     */
    private static int pathLength(MemorySegment from, int length) {
        int counted = Math.min(length, PATH + PATH_BYTES) - PATH;
        if (counted == 0 || from.get(JAVA_BYTE, PATH) == 0) {
            return counted;
        }
        int end = 0;
        while (end < counted && from.get(JAVA_BYTE, PATH + end) != 0) {
            end++;
        }
        return end;
    }

    private static byte[] bytes(MemorySegment from, int offset, int length) {
        byte[] bytes = new byte[length];
        MemorySegment.copy(from, JAVA_BYTE, offset, bytes, 0, length);
        return bytes;
    }
}
