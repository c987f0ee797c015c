package io.sluice.http.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What the Connection header lines of one message say (RFC 9110, 7.6.1). */
final class ConnectionOptions {
    /** Names of unregistered headers in Connection; a real message has none or one. */
    private static final int MOST_NAMES = 32;

    private static final byte[] CLOSE = "close".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEEP_ALIVE = "keep-alive".getBytes(StandardCharsets.US_ASCII);

    private boolean close;
    private boolean keepAlive;
    private boolean upgrade;

    private long[] ids = new long[4];
    private final int[] hashes = new int[MOST_NAMES];
    private final int[] lengths = new int[MOST_NAMES];
    private int names;
    private boolean any;

    void reset() {
        close = false;
        keepAlive = false;
        upgrade = false;
        names = 0;
        if (any) {
            Arrays.fill(ids, 0);
            any = false;
        }
    }

    boolean close() {
        return close;
    }

    boolean keepAlive() {
        return keepAlive;
    }

    boolean upgrade() {
        return upgrade;
    }

    /** Adds the options of one Connection value. @return {@link Fault#NONE} or {@link Fault#BAD_CONNECTION} */
    Fault add(byte[] bytes, int from, int to, KnownHeaders known) {
        if (Octets.same(bytes, from, to, CLOSE)) {
            close = true;
            return Fault.NONE;
        }
        if (Octets.same(bytes, from, to, KEEP_ALIVE)) {
            keepAlive = true;
            name(HeaderName.KEEP_ALIVE.ordinal(), known);
            return Fault.NONE;
        }
        int i = from;
        while (i < to) {
            int end = i;
            while (end < to && Token.has(bytes[end])) {
                end++;
            }
            if (end > i && !option(bytes, i, end, known)) {
                return Fault.BAD_CONNECTION;
            }
            while (end < to && Octets.isBlank(bytes[end])) {
                end++;
            }
            // An empty element is allowed (RFC 9110, 5.6.1.2), anything but a comma after a token is not.
            if (end < to && bytes[end] != ',') {
                return Fault.BAD_CONNECTION;
            }
            i = end + 1;
            while (i < to && Octets.isBlank(bytes[i])) {
                i++;
            }
        }
        return Fault.NONE;
    }

    private boolean option(byte[] bytes, int from, int to, KnownHeaders known) {
        if (Octets.same(bytes, from, to, CLOSE)) {
            close = true;
            return true;
        }
        keepAlive |= Octets.same(bytes, from, to, KEEP_ALIVE);
        int hash = NameHash.of(bytes, from, to);
        int id = known.find(bytes, from, to, hash);
        if (id >= 0) {
            upgrade |= id == HeaderName.UPGRADE.ordinal();
            name(id, known);
            return true;
        }
        if (names == MOST_NAMES) {
            return false;
        }
        hashes[names] = hash;
        lengths[names] = to - from;
        names++;
        return true;
    }

    private void name(int id, KnownHeaders known) {
        any = true;
        if (id >> 6 >= ids.length) {
            ids = Arrays.copyOf(ids, (known.size() + 63) >> 6);
        }
        ids[id >> 6] |= 1L << id;
    }

    /**
     * Whether a header belongs to this connection only because Connection names it. What frames or routes the
     * message never does: a sender must not make the next hop lose it.
     *
     * <p>Names without an id are compared by hash and length, as their bytes may be in another segment. A sender who
     * forges a collision strips one of his own headers, which he could as well have named.
     */
    boolean names(HeaderTable table, int header) {
        int id = table.id(header);
        if (id >= 0) {
            return any
                    && id >> 6 < ids.length
                    && (ids[id >> 6] & (1L << id)) != 0
                    && id != HeaderName.HOST.ordinal()
                    && id != HeaderName.CONTENT_LENGTH.ordinal()
                    && id != HeaderName.TRANSFER_ENCODING.ordinal();
        }
        for (int i = 0; i < names; i++) {
            if (hashes[i] == table.nameHash(header) && lengths[i] == table.nameLength(header)) {
                return true;
            }
        }
        return false;
    }
}
