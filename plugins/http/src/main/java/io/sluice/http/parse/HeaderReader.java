package io.sluice.http.parse;

import java.util.Objects;

/**
 * Cuts a head into lines and reads its header lines into a table: the part that requests, responses and trailer
 * sections share. A line is judged only by its own bytes and only from left to right, so the verdict does not depend
 * on how the bytes were cut into reads.
 *
 * <p>The end of a line is searched from where the last search stopped; the line itself is parsed once, when it is
 * complete. Control bytes are refused by that search already, long before a line of garbage is complete.
 */
final class HeaderReader {

    /** What {@link #next} found. */
    enum Line {
        /** A header that the owner of the reader asked for; those before it are in the table, too. */
        HEADER,
        END,
        MORE,
        BAD
    }

    private final HeaderTable table;
    private final boolean[] attention;
    private KnownHeaders known;
    private HeadLimits limits;

    /** Where the unfinished line begins. */
    private int start;
    /** Up to here the unfinished line holds nothing that could end it. */
    private int scanned;
    /** Bytes of the complete lines. */
    private int headBytes;

    private boolean moved;
    private Fault fault = Fault.NONE;

    private int id;
    private boolean repeated;
    private int hash;
    private int valueFrom;
    private int valueTo;

    /** @param attention by id whether {@link #next} has to stop behind such a header */
    HeaderReader(HeadLimits limits, KnownHeaders known, boolean[] attention) {
        this.limits = limits;
        this.attention = attention;
        this.known = known;
        this.table = new HeaderTable(known);
        reset();
    }

    void use(HeadLimits newLimits, KnownHeaders newKnown) {
        limits = newLimits;
        known = newKnown;
        table.reset(newKnown);
        reset();
    }

    void reset() {
        table.reset();
        start = 0;
        scanned = 0;
        headBytes = 0;
        moved = true;
        fault = Fault.NONE;
    }

    HeaderTable table() {
        return table;
    }

    KnownHeaders known() {
        return known;
    }

    HeadLimits limits() {
        return limits;
    }

    Fault fault() {
        return fault;
    }

    int position() {
        return start;
    }

    int segment() {
        return table.segment();
    }

    /** Id of the header that was read last, or -1. */
    int id() {
        return id;
    }

    /** Whether a header of the same id was read before. */
    boolean repeated() {
        return repeated;
    }

    int valueFrom() {
        return valueFrom;
    }

    int valueTo() {
        return valueTo;
    }

    void nextSegment() {
        table.nextSegment();
        moved = true;
    }

    /** @param from where the unfinished line begins; {@code bytes[from, to)} is all of it that has come */
    void resume(byte[] bytes, int from, int to) {
        Objects.checkFromToIndex(from, to, bytes.length);
        if (from != start) {
            if (!moved) {
                throw new IllegalArgumentException("line begins at " + start + ", not at " + from);
            }
            scanned += from - start;
            start = from;
        }
        if (to < scanned) {
            throw new IllegalArgumentException("bytes end at " + to + ", they went to " + scanned + " before");
        }
        moved = false;
    }

    /**
     * @param tooLong the fault of a line that is longer than {@code maxBytes} with its CRLF
     * @return where the CR of the unfinished line is, or -1: more bytes are needed, or there is a fault
     */
    int lineEnd(byte[] bytes, int to, int maxBytes, Fault tooLong) {
        int left = limits.totalBytes() - headBytes;
        boolean lineFirst = maxBytes <= left;
        int limit = start + (lineFirst ? maxBytes : left);
        int end = Math.min(to, limit);
        int at = Octets.control(bytes, scanned, end);
        if (at + 1 < end && bytes[at] == Octets.CR && bytes[at + 1] == Octets.LF) {
            return at;
        }
        if (at == end || (at + 1 == end && bytes[at] == Octets.CR)) {
            scanned = at;
            if (end == limit) {
                fault = lineFirst ? tooLong : Fault.HEAD_TOO_LARGE;
            }
            return -1;
        }
        fault = switch (bytes[at]) {
            case Octets.CR -> Fault.BARE_CR;
            case Octets.LF -> Fault.BARE_LF;
            default -> Fault.CONTROL_CHARACTER;
        };
        return -1;
    }

    /** Leaves the line whose CR is at {@code end}. */
    void advance(int end) {
        headBytes += end + 2 - start;
        skip(end);
    }

    /** Leaves an empty line before the head, which does not count. */
    void skip(int end) {
        start = end + 2;
        scanned = start;
    }

    /** Reads lines up to the next header that has the owner's attention, the end, a fault, or all that is there. */
    Line next(byte[] bytes, int to) {
        while (true) {
            if (scanned == start && goodLines(bytes, to)) {
                return Line.HEADER;
            }
            int end = lineEnd(bytes, to, limits.headerLineBytes(), Fault.HEADER_LINE_TOO_LONG);
            if (end < 0) {
                return fault == Fault.NONE ? Line.MORE : Line.BAD;
            }
            if (end == start) {
                advance(end);
                return Line.END;
            }
            if (!header(bytes, end)) {
                return Line.BAD;
            }
            advance(end);
            if (hasAttention(id)) {
                return Line.HEADER;
            }
        }
    }

    /**
     * Reads complete lines that nothing is wrong with, looking at each byte once, and leaves any other line to
     * {@link #header}, which knows every fault. What this accepts is what that accepts; there is a test for it.
     *
     * @return whether it stopped behind a header that has attention
     */
    private boolean goodLines(byte[] bytes, int to) {
        int from = start;
        int first = from;
        int last = Math.min(to, from + (limits.totalBytes() - headBytes)) - 2;
        boolean stop = false;
        // At the empty line it must not go on and search the body for a colon.
        while (!stop && from <= to - 8 && bytes[from] != Octets.CR && table.size() < limits.headers()) {
            int colon = colon(bytes, from, to);
            if (colon < 0) {
                break;
            }
            int end = Octets.control(bytes, colon + 1, to);
            int length = end + 2 - from;
            boolean fits = end <= last && length <= limits.headerLineBytes();
            if (!fits || bytes[end] != Octets.CR || bytes[end + 1] != Octets.LF) {
                break;
            }
            int found = known.find(bytes, from, colon, hash);
            if (found < 0 && !Token.is(bytes, from, colon)) {
                break;
            }
            id = found;
            trim(bytes, colon + 1, end);
            repeated = table.add(found, hash, HeaderTable.span(from, colon), HeaderTable.span(valueFrom, valueTo));
            from += length;
            stop = hasAttention(found);
        }
        headBytes += from - first;
        start = from;
        scanned = from;
        return stop;
    }

    private boolean header(byte[] bytes, int end) {
        if (Octets.isBlank(bytes[start])) {
            return refuse(Fault.FOLDED_HEADER);
        }
        int colon = start;
        while (colon < end && bytes[colon] != ':') {
            colon++;
        }
        if (colon == end) {
            return refuse(Fault.NO_COLON);
        }
        if (!Token.is(bytes, start, colon)) {
            boolean blank = colon > start && Octets.isBlank(bytes[colon - 1]);
            return refuse(blank ? Fault.SPACE_BEFORE_COLON : Fault.BAD_HEADER_NAME);
        }
        if (table.size() == limits.headers()) {
            return refuse(Fault.TOO_MANY_HEADERS);
        }
        hash = NameHash.of(bytes, start, colon);
        id = known.find(bytes, start, colon, hash);
        trim(bytes, colon + 1, end);
        repeated = table.add(id, hash, HeaderTable.span(start, colon), HeaderTable.span(valueFrom, valueTo));
        return true;
    }

    private boolean hasAttention(int header) {
        return header >= 0 && header < attention.length && attention[header];
    }

    /** Refuses the message. @return false */
    boolean refuse(Fault why) {
        fault = why;
        return false;
    }

    private void trim(byte[] bytes, int from, int to) {
        int first = from;
        int last = to;
        while (first < last && Octets.isBlank(bytes[first])) {
            first++;
        }
        while (last > first && Octets.isBlank(bytes[last - 1])) {
            last--;
        }
        valueFrom = first;
        valueTo = last;
    }

    /** Finds a colon and hashes the bytes before it. @return -1 if no whole word of the window has one */
    private int colon(byte[] bytes, int from, int to) {
        long mixed = NameHash.SEED;
        for (int i = from; i <= to - 8; i += 8) {
            long word = Octets.word(bytes, i);
            long marks = Octets.matches(word, Octets.COLONS);
            if (marks != 0) {
                int before = Octets.index(marks);
                hash = NameHash.finish(NameHash.mix(mixed, Octets.low(word, before)));
                return i + before;
            }
            mixed = NameHash.mix(mixed, word);
        }
        return -1;
    }
}
