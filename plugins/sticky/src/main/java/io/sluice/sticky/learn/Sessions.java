package io.sluice.sticky.learn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sessions with the servers they are at: bounded, and forgotten when they are unused for a time, or when a new one has no place and nobody
 * was unused for longer. A session is known by a digest of 128 bits.
 *
 * <p>Both questions cost O(1) and no allocation but for a chunk of entries now and then, so that the one lock is held for less than a
 * microsecond. What is too old is taken out by later questions, a few at a time: no timer, and never a sweep over all.
 *
 * <p><b>Thread:</b> any.
 */
final class Sessions {
    private static final int NONE = -1;
    private static final int CHUNK_BITS = 10;
    private static final int CHUNK = 1 << CHUNK_BITS;

    /** A question takes out so many at most that are too old: more than can be added by one, so that they do not pile up. */
    private static final int MOST_FORGOTTEN = 4;

    private static final long SECOND = 1000;

    private final int most;
    private final long timeoutMillis;
    private final Object lock = new Object();

    // ---- under the lock

    /** First entry of each chain of equal hashes. */
    private final int[] heads;

    private @Nullable Chunk[] chunks = new Chunk[1];
    private int made;
    private int size;
    private int free = NONE;
    private int oldest = NONE;
    private int newest = NONE;
    private long lastMillis = Long.MIN_VALUE;
    private long toldSecond = Long.MIN_VALUE;

    /** Some entries, in columns: no object for each. */
    private static final class Chunk {
        final long[] high = new long[CHUNK];
        final long[] low = new long[CHUNK];
        final long[] usedMillis = new long[CHUNK];
        final @Nullable String[] sid = new String[CHUNK];
        /** The next of the chain; of a free entry the next free one. */
        final int[] next = new int[CHUNK];

        final int[] older = new int[CHUNK];
        final int[] newer = new int[CHUNK];
    }

    /** @param most 1 to 2^22 */
    Sessions(int most, long timeoutMillis) {
        this.most = most;
        this.timeoutMillis = timeoutMillis;
        this.heads = new int[Math.max(2, Integer.highestOneBit(most) * 2)];
        Arrays.fill(heads, NONE);
    }

    /**
     * The server of a session, or null. It counts as used.
     *
     * @param nowMillis monotonic
     */
    @Nullable
    String find(long high, long low, long nowMillis) {
        synchronized (lock) {
            long now = at(nowMillis);
            int entry = entryOf(high, low);
            if (entry == NONE) {
                return null;
            }
            use(entry, now);
            return chunk(entry).sid[entry & CHUNK - 1];
        }
    }

    /**
     * A session is at a server from now on, and is used.
     *
     * @param nowMillis monotonic
     * @return whether another was forgotten for it that was in use, and nobody was told so in this second
     */
    boolean put(long high, long low, String sid, long nowMillis) {
        synchronized (lock) {
            long now = at(nowMillis);
            int entry = entryOf(high, low);
            boolean full = false;
            if (entry == NONE) {
                full = size == most;
                if (full) {
                    forget(oldest);
                }
                entry = add(high, low);
                linkNewest(entry);
                chunk(entry).usedMillis[entry & CHUNK - 1] = now;
            } else {
                use(entry, now);
            }
            chunk(entry).sid[entry & CHUNK - 1] = sid;
            return full && isNews(now / SECOND);
        }
    }

    /** Sessions that are remembered, of which some may be too old. */
    int size() {
        synchronized (lock) {
            return size;
        }
    }

    // ---- under the lock

    private boolean isNews(long second) {
        boolean news = toldSecond != second;
        toldSecond = second;
        return news;
    }

    /** The time goes on: it is no earlier than another worker's turn, though that began later. */
    private long at(long nowMillis) {
        lastMillis = Math.max(lastMillis, nowMillis);
        for (int left = MOST_FORGOTTEN; left > 0 && oldest != NONE && isOver(oldest); left--) {
            forget(oldest);
        }
        return lastMillis;
    }

    private boolean isOver(int entry) {
        return lastMillis - chunk(entry).usedMillis[entry & CHUNK - 1] >= timeoutMillis;
    }

    /** The entry of a session that is not too old, or NONE. */
    private int entryOf(long high, long low) {
        int entry = heads[head(low)];
        while (entry != NONE) {
            Chunk of = chunk(entry);
            int at = entry & CHUNK - 1;
            if (of.low[at] == low && of.high[at] == high) {
                if (!isOver(entry)) {
                    return entry;
                }
                forget(entry);
                return NONE;
            }
            entry = of.next[at];
        }
        return NONE;
    }

    private int head(long low) {
        return (int) low & heads.length - 1;
    }

    private int add(long high, long low) {
        int entry = free;
        if (entry == NONE) {
            entry = made++;
            if ((entry & CHUNK - 1) == 0) {
                addChunk(entry >> CHUNK_BITS);
            }
        } else {
            free = chunk(entry).next[entry & CHUNK - 1];
        }
        Chunk of = chunk(entry);
        int at = entry & CHUNK - 1;
        of.high[at] = high;
        of.low[at] = low;
        of.next[at] = heads[head(low)];
        heads[head(low)] = entry;
        size++;
        return entry;
    }

    private void addChunk(int index) {
        if (index == chunks.length) {
            chunks = Arrays.copyOf(chunks, index * 2);
        }
        chunks[index] = new Chunk();
    }

    private void forget(int entry) {
        Chunk of = chunk(entry);
        int at = entry & CHUNK - 1;
        unlink(entry);
        int head = head(of.low[at]);
        if (heads[head] == entry) {
            heads[head] = of.next[at];
        } else {
            int before = heads[head];
            while (chunk(before).next[before & CHUNK - 1] != entry) {
                before = chunk(before).next[before & CHUNK - 1];
            }
            chunk(before).next[before & CHUNK - 1] = of.next[at];
        }
        of.sid[at] = null;
        of.next[at] = free;
        free = entry;
        size--;
    }

    private void use(int entry, long now) {
        chunk(entry).usedMillis[entry & CHUNK - 1] = now;
        if (entry != newest) {
            unlink(entry);
            linkNewest(entry);
        }
    }

    private void linkNewest(int entry) {
        Chunk of = chunk(entry);
        int at = entry & CHUNK - 1;
        of.older[at] = newest;
        of.newer[at] = NONE;
        if (newest == NONE) {
            oldest = entry;
        } else {
            chunk(newest).newer[newest & CHUNK - 1] = entry;
        }
        newest = entry;
    }

    private void unlink(int entry) {
        Chunk of = chunk(entry);
        int older = of.older[entry & CHUNK - 1];
        int newer = of.newer[entry & CHUNK - 1];
        if (older == NONE) {
            oldest = newer;
        } else {
            chunk(older).newer[older & CHUNK - 1] = newer;
        }
        if (newer == NONE) {
            newest = older;
        } else {
            chunk(newer).older[newer & CHUNK - 1] = older;
        }
    }

    private Chunk chunk(int entry) {
        Chunk found = chunks[entry >> CHUNK_BITS];
        if (found == null) {
            throw new IllegalStateException("there is no entry " + entry);
        }
        return found;
    }
}
