package io.sluice.stream.access;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.AddressParser;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that begin alike: one address, a network as {@code 10.0.0.0/8} or {@code 2001:db8::/32}, all unix sockets as {@code unix:},
 * or {@code all}. An IPv4 address that came by IPv6 is what it is by IPv4, as in nginx. Immutable.
 */
final class AddressRange {
    private enum Kind {
        ALL,
        UNIX,
        NETWORK
    }

    private static final int MAPPED_ZEROS = 10;
    private static final int INET6_BYTES = 16;
    private static final AddressRange ALL = new AddressRange(Kind.ALL, new byte[0], 0);
    private static final AddressRange UNIX = new AddressRange(Kind.UNIX, new byte[0], 0);

    private final Kind kind;
    private final byte[] network;
    private final int bits;

    private AddressRange(Kind kind, byte[] network, int bits) {
        this.kind = kind;
        this.network = network;
        this.bits = bits;
    }

    /** @throws IllegalArgumentException saying what is wrong */
    static AddressRange parse(String text) {
        if (text.equals("all")) {
            return ALL;
        }
        if (text.equals("unix:")) {
            return UNIX;
        }
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        byte[] bytes = literal(host, text);
        int most = bytes.length * 8;
        int bits = slash < 0 ? most : prefix(text.substring(slash + 1), most, text);
        for (int i = bits; i < most; i++) {
            if ((bytes[i / 8] >> (7 - i % 8) & 1) != 0) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" has low address bits that its prefix of " + bits + " bits leaves out");
            }
        }
        return new AddressRange(Kind.NETWORK, bytes, bits);
    }

    /** Names are not asked for: who answers for them could open a door. */
    private static byte[] literal(String host, String text) {
        boolean inet4 = !host.isEmpty() && host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
        boolean inet6 = host.indexOf(':') >= 0 && host.chars().allMatch(c -> c == ':' || c == '.' || hex(c));
        if (!inet4 && !inet6) {
            throw wrong(text);
        }
        if (inet4 && host.chars().filter(c -> c == '.').count() != 3) {
            throw wrong(text);
        }
        try {
            return AddressParser.parse(inet6 ? "[" + host + "]:1" : host + ":1", 1)
                    .getFirst()
                    .bytes();
        } catch (IllegalArgumentException unknown) {
            throw wrong(text);
        }
    }

    private static boolean hex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static int prefix(String digits, int most, String text) {
        boolean number =
                !digits.isEmpty() && digits.length() <= 3 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number || Integer.parseInt(digits) > most) {
            throw wrong(text);
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "must be an address, a network as 10.0.0.0/8, unix: or all, is \"" + text + "\"");
    }

    boolean contains(@Nullable Address address) {
        if (kind == Kind.ALL) {
            return true;
        }
        if (address == null) {
            return false;
        }
        if (kind == Kind.UNIX || address.isUnix()) {
            return kind == Kind.UNIX && address.isUnix();
        }
        int skipped = isMapped(address) && network.length != INET6_BYTES ? MAPPED_ZEROS + 2 : 0;
        return address.length() - skipped == network.length && begins(address, skipped);
    }

    private static boolean isMapped(Address address) {
        if (address.length() != INET6_BYTES) {
            return false;
        }
        for (int i = 0; i < MAPPED_ZEROS; i++) {
            if (address.byteAt(i) != 0) {
                return false;
            }
        }
        return address.byteAt(MAPPED_ZEROS) == -1 && address.byteAt(MAPPED_ZEROS + 1) == -1;
    }

    private boolean begins(Address address, int from) {
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (address.byteAt(from + i) != network[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || (address.byteAt(from + whole) ^ network[whole]) >> (8 - rest) == 0;
    }
}
