package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.variable.BytesSink;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a response before they are written: where their bytes are, no copies. Recycled with the request's state.
 */
final class OutHeaders {
    private static final int STRIDE = 5;
    private static final int ID = 0;
    private static final int NAME = 1;
    private static final int NAME_LENGTH = 2;
    private static final int VALUE = 3;
    private static final int VALUE_LENGTH = 4;

    private int[] cells = new int[32 * STRIDE];
    private @Nullable Buf[] bufs = new Buf[32];
    private int size;
    private int bytes;

    int size() {
        return size;
    }

    /** What writing them takes, each with colon, space and line end. */
    int bytes() {
        return bytes;
    }

    int id(int i) {
        return cells[i * STRIDE + ID];
    }

    void add(Buf buf, int id, int name, int nameLength, int value, int valueLength) {
        if (size == bufs.length) {
            bufs = Arrays.copyOf(bufs, size * 2);
            cells = Arrays.copyOf(cells, size * 2 * STRIDE);
        }
        int at = size * STRIDE;
        cells[at + ID] = id;
        cells[at + NAME] = name;
        cells[at + NAME_LENGTH] = nameLength;
        cells[at + VALUE] = value;
        cells[at + VALUE_LENGTH] = valueLength;
        bufs[size++] = buf;
        bytes += nameLength + valueLength + 4;
    }

    /** The first with an id, or -1. */
    int first(int id) {
        for (int i = 0; i < size; i++) {
            if (cells[i * STRIDE + ID] == id) {
                return i;
            }
        }
        return -1;
    }

    /** Copies what fits of a value. @return its length */
    int value(int i, byte[] into) {
        Buf buf = bufs[i];
        int length = cells[i * STRIDE + VALUE_LENGTH];
        if (buf != null) {
            buf.get(cells[i * STRIDE + VALUE], into, 0, Math.min(length, into.length));
        }
        return length;
    }

    /** Whether a header has a name, given in lower case. */
    boolean isNamed(int i, byte[] lowerCase) {
        Buf buf = bufs[i];
        return buf != null
                && cells[i * STRIDE + NAME_LENGTH] == lowerCase.length
                && HeaderNames.is(buf, cells[i * STRIDE + NAME], lowerCase);
    }

    /** Appends a value. */
    void value(int i, BytesSink out) {
        Buf buf = bufs[i];
        if (buf != null) {
            out.put(buf, cells[i * STRIDE + VALUE], cells[i * STRIDE + VALUE_LENGTH]);
        }
    }

    /** A copy of the value of the first with an id, or null. */
    byte @Nullable [] copy(int id) {
        int header = first(id);
        if (header < 0) {
            return null;
        }
        byte[] copy = new byte[cells[header * STRIDE + VALUE_LENGTH]];
        value(header, copy);
        return copy;
    }

    /** Takes all with an id out. */
    void removeAll(int id) {
        for (int i = size - 1; i >= 0; i--) {
            if (cells[i * STRIDE + ID] == id) {
                remove(i);
            }
        }
    }

    /** Takes a header out. */
    void remove(int i) {
        int at = i * STRIDE;
        bytes -= cells[at + NAME_LENGTH] + cells[at + VALUE_LENGTH] + 4;
        size--;
        System.arraycopy(cells, at + STRIDE, cells, at, (size - i) * STRIDE);
        System.arraycopy(bufs, i + 1, bufs, i, size - i);
        bufs[size] = null;
    }

    @Nullable
    String value(int i) {
        Buf buf = bufs[i];
        return buf == null ? null : buf.text(cells[i * STRIDE + VALUE], cells[i * STRIDE + VALUE_LENGTH]);
    }

    @Nullable
    String name(int i) {
        Buf buf = bufs[i];
        return buf == null ? null : buf.text(cells[i * STRIDE + NAME], cells[i * STRIDE + NAME_LENGTH]);
    }

    /** Lines that lie behind each other in one Buf, as those of a peer's response do, are copied in one piece. */
    void write(Buf to, byte[] colonSpace, byte[] lineEnd) {
        int i = 0;
        while (i < size) {
            Buf from = bufs[i];
            if (from == null) {
                i++;
                continue;
            }
            int at = i * STRIDE;
            int begin = cells[at + NAME];
            if (cells[at + VALUE] != begin + cells[at + NAME_LENGTH] + 2) {
                to.put(from, begin, cells[at + NAME_LENGTH]);
                to.put(colonSpace);
                to.put(from, cells[at + VALUE], cells[at + VALUE_LENGTH]);
                to.put(lineEnd);
                i++;
                continue;
            }
            int end = cells[at + VALUE] + cells[at + VALUE_LENGTH];
            i++;
            while (i < size && bufs[i] == from && continues(i, end)) {
                at = i * STRIDE;
                end = cells[at + VALUE] + cells[at + VALUE_LENGTH];
                i++;
            }
            to.put(from, begin, end - begin);
            to.put(lineEnd);
        }
    }

    /** Whether a line begins two bytes, a CRLF, behind the one before, and has one space after its colon. */
    private boolean continues(int i, int end) {
        int at = i * STRIDE;
        return cells[at + NAME] == end + 2 && cells[at + VALUE] == end + 2 + cells[at + NAME_LENGTH] + 2;
    }

    void reset() {
        if (size > 0) {
            Arrays.fill(bufs, 0, size, null);
            size = 0;
        }
        bytes = 0;
    }
}
