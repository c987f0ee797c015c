package io.sluice.core.log;

import java.util.Arrays;

/**
 * Text on its way into the error log: bounded, and unable to forge a line.
 *
 * <p>Control characters become {@code \x0A} and the like, in characters those of C1 too, which some terminals obey. Bytes
 * come from peers in no known charset, so every one outside of printable ASCII is escaped; characters are written as
 * UTF-8. What does not fit is left out: never half a character or half an escape, and nothing after the first that did
 * not fit.
 *
 * <p><b>Thread:</b> one.
 */
public final class LogLine {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};
    private static final byte[] CUT = {'.', '.', '.'};

    private byte[] bytes;
    private int count;
    private int limit;
    private boolean full;

    LogLine(int limitBytes) {
        this.bytes = new byte[Math.min(limitBytes, 512)];
        this.limit = limitBytes;
    }

    public LogLine append(CharSequence text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                codePoint(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                append(c);
            }
        }
        return this;
    }

    /** Half a surrogate pair is written as a question mark. */
    public LogLine append(char c) {
        codePoint(Character.isSurrogate(c) ? '?' : c);
        return this;
    }

    public LogLine append(long number) {
        return append(Long.toString(number));
    }

    /** Bytes as they came from somewhere else. */
    public LogLine append(byte[] text, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            int value = text[i] & 0xff;
            if (value >= 0x20 && value < 0x7f) {
                one(value);
            } else {
                escaped(value);
            }
        }
        return this;
    }

    /** Whether something was left out. */
    public boolean isCut() {
        return full;
    }

    /** Ends a part of its own limit: says so if it was cut, then lets the line grow to the next limit. */
    void extendTo(int limitBytes) {
        limit = limitBytes;
        if (full) {
            full = false;
            raw(CUT, 3);
        }
    }

    /** The line end, beyond any limit. */
    void endLine() {
        limit++;
        full = false;
        one('\n');
    }

    int count() {
        return count;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, count);
    }

    void copyTo(byte[] into, int at) {
        System.arraycopy(bytes, 0, into, at, count);
    }

    private void codePoint(int c) {
        if (c >= 0x20 && c < 0x7f) {
            one(c);
        } else if (c < 0x80) {
            escaped(c);
        } else if (c < 0xa0) {
            escapedTwice(c);
        } else {
            utf8(c);
        }
    }

    private void one(int value) {
        if (hasRoom(1)) {
            bytes[count++] = (byte) value;
        }
    }

    private void escaped(int value) {
        if (hasRoom(4)) {
            escape(value);
        }
    }

    /** U+0080 to U+009F as the two bytes they are in UTF-8. */
    private void escapedTwice(int c) {
        if (hasRoom(8)) {
            escape(0xc2);
            escape(c);
        }
    }

    private void escape(int value) {
        bytes[count++] = '\\';
        bytes[count++] = 'x';
        bytes[count++] = HEX[(value >> 4) & 0xf];
        bytes[count++] = HEX[value & 0xf];
    }

    private void utf8(int c) {
        if (c < 0x800) {
            if (hasRoom(2)) {
                bytes[count++] = (byte) (0xc0 | (c >> 6));
                trailing(c);
            }
        } else if (c < 0x10000) {
            if (hasRoom(3)) {
                bytes[count++] = (byte) (0xe0 | (c >> 12));
                trailing(c >> 6);
                trailing(c);
            }
        } else if (hasRoom(4)) {
            bytes[count++] = (byte) (0xf0 | (c >> 18));
            trailing(c >> 12);
            trailing(c >> 6);
            trailing(c);
        }
    }

    private void trailing(int bits) {
        bytes[count++] = (byte) (0x80 | (bits & 0x3f));
    }

    private void raw(byte[] text, int length) {
        if (hasRoom(length)) {
            System.arraycopy(text, 0, bytes, count, length);
            count += length;
        }
    }

    private boolean hasRoom(int wanted) {
        if (full || count + wanted > limit) {
            full = true;
            return false;
        }
        if (count + wanted > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(bytes.length * 2, count + wanted)));
        }
        return true;
    }
}
