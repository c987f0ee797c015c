package io.sluice.core.variable;

import io.sluice.core.buffer.Buf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes being put together, on the heap, to be read at once: the value of a variable, a template, a key. A worker owns
 * one and resets it for each use; it keeps what it has grown to.
 *
 * <p><b>Thread:</b> the worker's. <b>Invariant:</b> {@code count <= maxBytes}.
 */
public final class BytesSink {
    private byte[] bytes;
    private int count;
    private final int maxBytes;

    /**
     * @param initialBytes made at once
     * @param maxBytes what it may grow to; putting more throws IllegalStateException, which ends that request
     */
    public BytesSink(int initialBytes, int maxBytes) {
        if (initialBytes < 0 || initialBytes > maxBytes) {
            throw new IllegalArgumentException("cannot begin with " + initialBytes + " of " + maxBytes + " bytes");
        }
        this.bytes = new byte[initialBytes];
        this.maxBytes = maxBytes;
    }

    public void put(byte value) {
        room(1);
        bytes[count++] = value;
    }

    public void put(byte[] source) {
        put(source, 0, source.length);
    }

    public void put(byte[] source, int offset, int length) {
        room(length);
        System.arraycopy(source, offset, bytes, count, length);
        count += length;
    }

    /** Bytes of a Buf, from a position on. */
    public void put(Buf source, int position, int length) {
        room(length);
        source.get(position, bytes, count, length);
        count += length;
    }

    /** Text of which each character is one byte. What is more becomes a question mark: cut to its low byte it could be a line end. */
    public void putAscii(CharSequence text) {
        int length = text.length();
        room(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            bytes[count++] = (byte) (c <= 0xff ? c : '?');
        }
    }

    public void putLong(long value) {
        int length = Decimal.length(value);
        room(length);
        count += length;
        Decimal.put(value, bytes, count);
    }

    /** Seconds with three digits behind the point, as nginx writes times: {@code 1.007}. */
    public void putSeconds(long millis) {
        putLong(millis / 1000);
        int rest = (int) (millis % 1000);
        put((byte) '.');
        put((byte) ('0' + rest / 100));
        put((byte) ('0' + rest / 10 % 10));
        put((byte) ('0' + rest % 10));
    }

    /** Forgets all bytes. */
    public void reset() {
        count = 0;
    }

    /**
     * Forgets the bytes from there on.
     *
     * @param toCount at most {@link #count()}
     */
    public void truncate(int toCount) {
        if (toCount < 0 || toCount > count) {
            throw new IllegalArgumentException("cannot cut " + count + " bytes to " + toCount);
        }
        count = toCount;
    }

    public int count() {
        return count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** Lent until the next put: {@link #count()} bytes of it are valid. */
    public byte[] array() {
        return bytes;
    }

    /** A copy of what is valid. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, count);
    }

    /** What is valid, read as UTF-8: for messages and tests. */
    @Override
    public String toString() {
        return new String(bytes, 0, count, StandardCharsets.UTF_8);
    }

    private void room(int wanted) {
        // Subtracted, not added: the sum of two honest ints may overflow.
        if (wanted > bytes.length - count) {
            grow(wanted);
        }
    }

    private void grow(int wanted) {
        if (wanted > maxBytes - count) {
            throw new IllegalStateException("more than the allowed " + maxBytes + " bytes");
        }
        long doubled = Math.max(bytes.length * 2L, (long) count + wanted);
        bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, maxBytes));
    }
}
