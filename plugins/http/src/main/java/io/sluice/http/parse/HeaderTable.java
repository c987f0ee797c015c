package io.sluice.http.parse;

import java.util.Arrays;

/**
 * Where the header lines of one head are: offsets, no bytes. An offset is an index of the array the line was parsed
 * from; the segment says which array that was, counted from 0 in the order {@code nextSegment} was called. Header
 * lines keep the order in which they came and are numbered from 0.
 *
 * <p><b>Thread:</b> one worker. Grows with the largest head it has held and keeps that size.
 */
public final class HeaderTable {
    private static final int FIRST_CAPACITY = 32;
    private static final int STRIDE = 3;
    /** Segment, id and hash: 16, 16 and 32 bits. */
    private static final int NAMED = 0;
    /** Offset and length, 32 bits each, as is the value's. */
    private static final int NAME = 1;

    private static final int VALUE = 2;
    /** Most segments: they share a long with the id. */
    private static final int MOST_SEGMENTS = 1 << 15;

    private long[] cells = new long[FIRST_CAPACITY * STRIDE];
    /** One bit for each id that occurs. */
    private long[] seen;

    private int size;
    private int segment;

    HeaderTable(KnownHeaders known) {
        seen = new long[(known.size() + 63) >> 6];
    }

    /** How many header lines there are. */
    public int size() {
        return size;
    }

    /** @return id of the name in the parser's {@link KnownHeaders}, or -1 */
    public int id(int header) {
        return (short) (cells[at(header) + NAMED] >> 32);
    }

    public int segment(int header) {
        return (int) (cells[at(header) + NAMED] >>> 48);
    }

    public int nameOffset(int header) {
        return (int) (cells[at(header) + NAME] >>> 32);
    }

    public int nameLength(int header) {
        return (int) cells[at(header) + NAME];
    }

    /** Where the value begins, without the whitespace around it. */
    public int valueOffset(int header) {
        return (int) (cells[at(header) + VALUE] >>> 32);
    }

    public int valueLength(int header) {
        return (int) cells[at(header) + VALUE];
    }

    /** Hash of the name, the same for all cases of letters. Equal names have equal hashes, not the reverse. */
    public int nameHash(int header) {
        return (int) cells[at(header) + NAMED];
    }

    /** Hash of {@code bytes[from, to)} as a name, to be compared with {@link #nameHash} before the bytes are. */
    public static int hash(byte[] bytes, int from, int to) {
        return NameHash.of(bytes, from, to);
    }

    public boolean has(HeaderName name) {
        return has(name.ordinal());
    }

    /** Whether a header with this id, which is not -1, occurs. */
    public boolean has(int id) {
        return (seen[id >> 6] & (1L << id)) != 0;
    }

    /** @return the first header of that name, or -1 */
    public int first(HeaderName name) {
        return next(name.ordinal(), -1);
    }

    /** @return the first header with that id, or -1 */
    public int first(int id) {
        return next(id, -1);
    }

    /** @return the first header after {@code header} with that id, or -1 */
    public int next(int id, int header) {
        if (has(id)) {
            for (int i = header + 1; i < size; i++) {
                if (id(i) == id) {
                    return i;
                }
            }
        }
        return -1;
    }

    private int at(int header) {
        if (header < 0 || header >= size) {
            throw new IndexOutOfBoundsException(header);
        }
        return header * STRIDE;
    }

    void reset() {
        size = 0;
        segment = 0;
        for (int i = 0; i < seen.length; i++) {
            seen[i] = 0;
        }
    }

    void reset(KnownHeaders known) {
        int words = (known.size() + 63) >> 6;
        if (words != seen.length) {
            seen = new long[words];
        }
        reset();
    }

    int segment() {
        return segment;
    }

    void nextSegment() {
        if (segment + 1 == MOST_SEGMENTS) {
            throw new IllegalStateException("a head cannot have more than " + MOST_SEGMENTS + " segments");
        }
        segment++;
    }

    /**
     * @param name offset and length as {@link #span} packs them
     * @param value likewise
     * @return whether the table had a header of that id already
     */
    boolean add(int id, int hash, long name, long value) {
        int at = size * STRIDE;
        if (at == cells.length) {
            cells = Arrays.copyOf(cells, at * 2);
        }
        cells[at + NAMED] = ((long) ((segment << 16) | (id & 0xffff)) << 32) | (hash & 0xffff_ffffL);
        cells[at + NAME] = name;
        cells[at + VALUE] = value;
        size++;
        if (id < 0) {
            return false;
        }
        long before = seen[id >> 6];
        seen[id >> 6] = before | (1L << id);
        return (before & (1L << id)) != 0;
    }

    static long span(int from, int to) {
        return ((long) from << 32) | (to - from);
    }
}
