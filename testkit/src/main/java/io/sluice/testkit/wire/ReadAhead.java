package io.sluice.testkit.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that were taken from the kernel and not asked for yet; grows as needed. */
final class ReadAhead {

    private static final int FIRST_BYTES = 16 * 1024;
    private static final int PREVIEW_BYTES = 400;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int start;
    private int end;

    int size() {
        return end - start;
    }

    /** Room for so many further bytes, of which {@link #added} tells how many there are. */
    ByteBuffer room(int count) {
        if (bytes.length - end < count) {
            int held = size();
            byte[] into = held + count <= bytes.length ? bytes : new byte[Math.max(2 * bytes.length, held + count)];
            System.arraycopy(bytes, start, into, 0, held);
            bytes = into;
            start = 0;
            end = held;
        }
        return ByteBuffer.wrap(bytes, end, count);
    }

    void added(int count, Tap tap) {
        tap.received(bytes, end, count);
        end += count;
    }

    byte[] take(int count) {
        byte[] taken = Arrays.copyOfRange(bytes, start, start + count);
        start += count;
        if (start == end) {
            drop();
        }
        return taken;
    }

    void drop() {
        start = 0;
        end = 0;
    }

    /** Where the delimiter begins, from the first byte that was not taken; -1 if it is not there. */
    int indexOf(byte[] delimiter, int from) {
        for (int i = start + from; i <= end - delimiter.length; i++) {
            if (Arrays.equals(bytes, i, i + delimiter.length, delimiter, 0, delimiter.length)) {
                return i - start;
            }
        }
        return -1;
    }

    /** For messages. */
    @Override
    public String toString() {
        String text = new String(bytes, start, Math.min(size(), PREVIEW_BYTES), StandardCharsets.ISO_8859_1);
        return size() + " bytes " + quoted(text);
    }

    static String quoted(String text) {
        return '"' + text.replace("\r", "\\r").replace("\n", "\\n") + '"';
    }
}
