package io.sluice.http.filter;

import java.util.Arrays;

/**
 * The value of a Range header, read for a body of known length (RFC 9110, 14.1.2, as ngx_http_range_parse reads it). Recycled from
 * request to request.
 *
 * <p><b>Thread:</b> the worker's. <b>Invariant:</b> {@code 0 <= start < end <= length} for each range.
 */
final class ByteRanges {
    /** What a value asks for. */
    enum Asked {
        /** The ranges. */
        PARTS,
        /** The whole body: more ranges than are allowed, or more bytes than the body has. */
        WHOLE,
        /** Nothing that is there, or nothing that can be understood: 416. */
        NOTHING
    }

    private static final byte[] UNIT = {'b', 'y', 't', 'e', 's', '='};

    private long[] bounds = new long[8];
    private int count;

    private byte[] value = {};
    private int at;
    private int end;
    private long start;
    private long stop;

    int count() {
        return count;
    }

    /** First byte of a range. */
    long start(int range) {
        return bounds[range * 2];
    }

    /** Behind the last byte of a range. */
    long end(int range) {
        return bounds[range * 2 + 1];
    }

    void clear() {
        count = 0;
    }

    /** Whether a value is of ranges of bytes at all: other units do not count, as if the header were absent. */
    static boolean isOfBytes(byte[] value, int length) {
        if (length <= UNIT.length) {
            return false;
        }
        for (int i = 0; i < UNIT.length; i++) {
            byte b = value[i];
            if ((b >= 'A' && b <= 'Z' ? b | 0x20 : b) != UNIT[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads a value for which {@link #isOfBytes} holds.
     *
     * @param length of the body
     * @param most how many ranges may be asked for
     */
    Asked read(byte[] text, int textLength, long length, int most) {
        value = text;
        at = UNIT.length;
        end = textLength;
        count = 0;
        long asked = 0;
        while (true) {
            if (!readBounds(length)) {
                return Asked.NOTHING;
            }
            if (start < stop) {
                if (asked > Long.MAX_VALUE - (stop - start)) {
                    return Asked.NOTHING;
                }
                asked += stop - start;
                if (count == most) {
                    return Asked.WHOLE;
                }
                add();
            } else if (start == 0) {
                // There is nothing to be cut out of an empty body.
                return Asked.WHOLE;
            }
            if (at == end) {
                break;
            }
            at++;
        }
        if (count == 0) {
            return Asked.NOTHING;
        }
        return asked > length ? Asked.WHOLE : Asked.PARTS;
    }

    /** Reads one range up to its comma or the end. */
    private boolean readBounds(long length) {
        skipSpaces();
        if (at < end && value[at] == '-') {
            at++;
            long last = number();
            skipSpaces();
            start = last < length ? length - last : 0;
            stop = length;
            return last >= 0 && atEndOfRange();
        }
        start = number();
        skipSpaces();
        if (start < 0 || at == end || value[at] != '-') {
            return false;
        }
        at++;
        skipSpaces();
        if (atEndOfRange()) {
            stop = length;
            return true;
        }
        long last = number();
        skipSpaces();
        stop = last >= length ? length : last + 1;
        return last >= 0 && atEndOfRange();
    }

    private boolean atEndOfRange() {
        return at == end || value[at] == ',';
    }

    private void skipSpaces() {
        while (at < end && value[at] == ' ') {
            at++;
        }
    }

    /** @return -1 if there is none, or one that no file is long enough for */
    private long number() {
        long read = -1;
        for (; at < end && value[at] >= '0' && value[at] <= '9'; at++) {
            int digit = value[at] - '0';
            if (read > (Long.MAX_VALUE - digit) / 10) {
                return -1;
            }
            read = read < 0 ? digit : read * 10 + digit;
        }
        return read;
    }

    private void add() {
        if (count * 2 == bounds.length) {
            bounds = Arrays.copyOf(bounds, bounds.length * 2);
        }
        bounds[count * 2] = start;
        bounds[count * 2 + 1] = stop;
        count++;
    }
}
