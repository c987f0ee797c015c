package io.sluice.proxyprotocol;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Proxied;
import java.util.Arrays;

/** Version 2: sixteen bytes, two addresses, then values with type and length. */
final class BinaryHeader {
    static final int FIXED = 16;
    static final int INET = 12;
    static final int INET6 = 36;
    static final int UNIX = 216;

    /** As in sockaddr_un. */
    private static final int PATH = 108;

    private static final int VERSION_AND_COMMAND = 12;
    private static final int KIND = 13;
    private static final int LENGTH = 14;

    private BinaryHeader() {}

    /** @param length at least that of the start, which is right */
    static Parsed parse(byte[] bytes, int length) {
        if (length < FIXED) {
            return Parsed.INCOMPLETE;
        }
        int command = bytes[VERSION_AND_COMMAND] & 0xff;
        if (command != 0x20 && command != 0x21) {
            return new Parsed.Broken("version and command are " + hex(command));
        }
        int total = FIXED + uint16(bytes, LENGTH);
        if (total > Header.MAX_BYTES) {
            return new Parsed.Broken("it is longer than " + Header.MAX_BYTES + " bytes");
        }
        int kind = bytes[KIND] & 0xff;
        int addresses = addressBytes(kind);
        boolean local = command == 0x20;
        if (!local && addresses < 0) {
            return new Parsed.Broken("family and protocol are " + hex(kind));
        }
        if (!local && total < FIXED + addresses) {
            return new Parsed.Broken("it is too short for its addresses");
        }
        if (length < total) {
            return Parsed.INCOMPLETE;
        }
        // The proxy speaks for itself, or of something that is no stream: the connection is valid, and nothing is known
        // of a client.
        boolean stream = (kind & 0x0f) == 1;
        return local || !stream ? new Parsed.Whole(total, null) : proxied(bytes, total, kind >> 4, FIXED + addresses);
    }

    /** @return -1 for what the format does not know */
    private static int addressBytes(int kind) {
        return switch (kind) {
            case 0x00 -> 0;
            case 0x11, 0x12 -> INET;
            case 0x21, 0x22 -> INET6;
            case 0x31, 0x32 -> UNIX;
            default -> -1;
        };
    }

    private static Parsed proxied(byte[] bytes, int total, int family, int tlvs) {
        String wrong = Tlvs.check(bytes, tlvs, total);
        if (wrong != null) {
            return new Parsed.Broken(wrong);
        }
        Proxied told = new Proxied(
                address(bytes, family, true), address(bytes, family, false), Arrays.copyOfRange(bytes, tlvs, total));
        return new Parsed.Whole(total, told);
    }

    private static Address address(byte[] bytes, int family, boolean source) {
        if (family == 3) {
            int from = FIXED + (source ? 0 : PATH);
            return Address.unix(path(bytes, from));
        }
        int size = family == 1 ? 4 : 16;
        int from = FIXED + (source ? 0 : size);
        int port = FIXED + 2 * size + (source ? 0 : 2);
        return Address.inet(Arrays.copyOfRange(bytes, from, from + size), uint16(bytes, port));
    }

    /** Without the zeroes that fill it up; one in front makes an abstract name. Empty for a socket without a name. */
    private static byte[] path(byte[] bytes, int from) {
        int end = from + PATH;
        if (bytes[from] != 0) {
            int to = from;
            while (to < end && bytes[to] != 0) {
                to++;
            }
            return Arrays.copyOfRange(bytes, from, to);
        }
        int to = end;
        while (to > from && bytes[to - 1] == 0) {
            to--;
        }
        return Arrays.copyOfRange(bytes, from, to);
    }

    static int uint16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }
}
