package io.sluice.proxyprotocol;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Proxied;
import org.jspecify.annotations.Nullable;

/** Version 1, a line of text: {@code PROXY TCP4 192.0.2.1 198.51.100.1 56324 443}. Strict: one space, no zero in front of a number. */
final class TextHeader {
    /** With the end of the line. */
    static final int MAX_BYTES = 107;

    private static final byte[] NONE = {};
    private static final byte[] UNKNOWN = {'U', 'N', 'K', 'N', 'O', 'W', 'N'};
    private static final int KIND = Header.TEXT_START.length;

    private final byte[] bytes;
    private final int end;
    private int at = KIND;

    private TextHeader(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    /** @param length at least that of the start, which is right */
    static Parsed parse(byte[] bytes, int length) {
        int most = Math.min(length, MAX_BYTES);
        for (int i = KIND; i < most; i++) {
            if (bytes[i] == '\n') {
                return new Parsed.Broken("its line ends without CR");
            }
            if (bytes[i] == '\r') {
                return ended(bytes, i, most);
            }
        }
        return most == MAX_BYTES ? tooLong() : Parsed.INCOMPLETE;
    }

    private static Parsed ended(byte[] bytes, int end, int most) {
        if (end + 1 == most) {
            return most == MAX_BYTES ? tooLong() : Parsed.INCOMPLETE;
        }
        if (bytes[end + 1] != '\n') {
            return new Parsed.Broken("CR without LF");
        }
        return new TextHeader(bytes, end).line();
    }

    private static Parsed tooLong() {
        return new Parsed.Broken("its line is longer than " + MAX_BYTES + " bytes");
    }

    private Parsed line() {
        if (isUnknown()) {
            return new Parsed.Whole(end + 2, null);
        }
        int groups = kind();
        Address source = groups == 0 ? null : address(groups);
        Address destination = source == null ? null : address(groups);
        int sourcePort = destination == null ? -1 : number(65_535);
        int destinationPort = sourcePort < 0 || !space() ? -1 : number(65_535);
        if (source == null || destination == null || destinationPort < 0 || at != end) {
            return new Parsed.Broken("its line is none of TCP4, TCP6 and UNKNOWN");
        }
        return new Parsed.Whole(
                end + 2, new Proxied(source.withPort(sourcePort), destination.withPort(destinationPort), NONE));
    }

    /** Whatever follows is to be ignored. */
    private boolean isUnknown() {
        for (int i = 0; i < UNKNOWN.length; i++) {
            if (KIND + i >= end || bytes[KIND + i] != UNKNOWN[i]) {
                return false;
            }
        }
        return KIND + UNKNOWN.length == end || bytes[KIND + UNKNOWN.length] == ' ';
    }

    /** @return 4 or 6; 0 if it is neither of the two */
    private int kind() {
        boolean tcp = end - at > 5 && bytes[at] == 'T' && bytes[at + 1] == 'C' && bytes[at + 2] == 'P';
        int version = tcp ? bytes[at + 3] - '0' : 0;
        at += 4;
        return (version == 4 || version == 6) && space() ? version : 0;
    }

    private boolean space() {
        return at < end && bytes[at++] == ' ';
    }

    /** An address and the space behind it. */
    private @Nullable Address address(int version) {
        byte[] raw = version == 4 ? inet() : inet6();
        return raw != null && space() ? Address.inet(raw, 0) : null;
    }

    private byte @Nullable [] inet() {
        byte[] raw = new byte[4];
        return dotted(raw, 0) ? raw : null;
    }

    private boolean dotted(byte[] raw, int from) {
        for (int i = 0; i < 4; i++) {
            if (i > 0 && (at == end || bytes[at++] != '.')) {
                return false;
            }
            int part = number(255);
            if (part < 0) {
                return false;
            }
            raw[from + i] = (byte) part;
        }
        return true;
    }

    /** Groups of hexadecimal digits, one run of zeroes left out, perhaps the last two groups as an IPv4 address. */
    private byte @Nullable [] inet6() {
        byte[] raw = new byte[16];
        int count = 0;
        int gap = -1;
        if (twoColons()) {
            gap = 0;
            at += 2;
        }
        while (at < end && bytes[at] != ' ') {
            if (count == 16 || (count > 0 && gap != count && !colon())) {
                return null;
            }
            if (count <= 12 && isDotted()) {
                if (!dotted(raw, count)) {
                    return null;
                }
                count += 4;
                break;
            }
            int group = group();
            if (group < 0) {
                return null;
            }
            raw[count] = (byte) (group >> 8);
            raw[count + 1] = (byte) group;
            count += 2;
            if (twoColons()) {
                if (gap >= 0) {
                    return null;
                }
                gap = count;
                at += 2;
            }
        }
        return spread(raw, count, gap);
    }

    /** Moves what stands behind the gap to the end. */
    private static byte @Nullable [] spread(byte[] raw, int count, int gap) {
        if (gap < 0) {
            return count == 16 ? raw : null;
        }
        if (count > 14) {
            return null;
        }
        byte[] whole = new byte[16];
        System.arraycopy(raw, 0, whole, 0, gap);
        System.arraycopy(raw, gap, whole, 16 - (count - gap), count - gap);
        return whole;
    }

    private boolean twoColons() {
        return at + 1 < end && bytes[at] == ':' && bytes[at + 1] == ':';
    }

    private boolean colon() {
        return bytes[at++] == ':';
    }

    private boolean isDotted() {
        for (int i = at; i < end && i < at + 4; i++) {
            if (bytes[i] == '.') {
                return true;
            }
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return false;
    }

    private int group() {
        int value = 0;
        int from = at;
        while (at < end && at - from < 4 && Character.digit(bytes[at], 16) >= 0) {
            value = value << 4 | Character.digit(bytes[at++], 16);
        }
        return at == from ? -1 : value;
    }

    /** A decimal number without needless zeroes; -1 if there is none or it is greater. */
    private int number(int most) {
        int value = 0;
        int from = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && value <= most) {
            value = value * 10 + bytes[at++] - '0';
        }
        boolean needless = at - from > 1 && bytes[from] == '0';
        return at == from || needless || value > most ? -1 : value;
    }
}
