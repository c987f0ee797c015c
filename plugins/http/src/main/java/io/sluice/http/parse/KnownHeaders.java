package io.sluice.http.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The header names a parser gives an id to: all of {@link HeaderName} with their ordinals, then whatever a
 * configuration asks for by name. An id is exact, so looking a header up by it compares no text.
 *
 * <p><b>Thread:</b> immutable, shared by all workers.
 */
public final class KnownHeaders {

    /** Only the names of {@link HeaderName}. */
    public static final KnownHeaders STANDARD = new KnownHeaders(List.of());

    /** Ids share an int with a segment number. */
    private static final int MOST_NAMES = 4096;

    /** Lengths share a long with other things. */
    private static final int MOST_NAME_BYTES = 0x7fff;

    private static final long ID = 0xffff;

    private final Map<String, Integer> ids = new LinkedHashMap<>();
    private final int mask;
    /** Open addressing: hash, length and id + 1 in 32, 16 and 16 bits, or 0 for a free slot. */
    private final long[] slots;
    /**
     * Per id the words of the name, each followed by the bits that count: none behind the name's end, and not the
     * one in which the cases of a letter differ.
     */
    private final long[][] words;

    private KnownHeaders(Collection<String> more) {
        for (HeaderName name : HeaderName.values()) {
            ids.put(lower(name.text()), name.ordinal());
        }
        for (String name : more) {
            String lower = lower(name);
            byte[] bytes = lower.getBytes(StandardCharsets.UTF_8);
            if (!Token.is(bytes, 0, bytes.length) || bytes.length > MOST_NAME_BYTES) {
                throw new IllegalArgumentException("'" + name + "' is not a header name");
            }
            ids.putIfAbsent(lower, ids.size());
        }
        int count = ids.size();
        if (count > MOST_NAMES) {
            throw new IllegalArgumentException("more than " + MOST_NAMES + " header names");
        }
        // A quarter full: a name nobody registered meets an empty slot at the first look, mostly.
        slots = new long[Integer.highestOneBit(count) << 3];
        mask = slots.length - 1;
        words = new long[count][];
        ids.forEach(this::enter);
    }

    /** @param more names in any case; those of {@link HeaderName} and repeated ones do no harm */
    public static KnownHeaders with(Collection<String> more) {
        return more.isEmpty() ? STANDARD : new KnownHeaders(more);
    }

    private void enter(String lower, int id) {
        byte[] bytes = lower.getBytes(StandardCharsets.US_ASCII);
        byte[] padded = Arrays.copyOf(bytes, (bytes.length + 7) & -8);
        byte[] bits = new byte[padded.length];
        for (int i = 0; i < bytes.length; i++) {
            bits[i] = (byte) (bytes[i] >= 'a' && bytes[i] <= 'z' ? ~0x20 : ~0);
            padded[i] &= bits[i];
        }
        long[] name = new long[padded.length >> 2];
        for (int i = 0; i < padded.length; i += 8) {
            name[i >> 2] = Octets.word(padded, i);
            name[(i >> 2) + 1] = Octets.word(bits, i);
        }
        words[id] = name;
        int hash = NameHash.of(bytes, 0, bytes.length);
        int slot = hash & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = wanted(hash, bytes.length) | (id + 1);
    }

    private static long wanted(int hash, int length) {
        return ((long) hash << 32) | ((long) length << 16);
    }

    /** How many ids there are; they run from 0. */
    public int size() {
        return words.length;
    }

    /** @return the id of the name in any case of letters, or -1 */
    public int idOf(String name) {
        return ids.getOrDefault(lower(name), -1);
    }

    /**
     * The id of {@code bytes[from, to)}. Exact: a name that is found is a token.
     *
     * @param hash by {@link NameHash}
     * @return the id, or -1
     */
    int find(byte[] bytes, int from, int to, int hash) {
        if (to - from > MOST_NAME_BYTES) {
            return -1;
        }
        long wanted = wanted(hash, to - from);
        int slot = hash & mask;
        long entry;
        while ((entry = slots[slot]) != 0) {
            int id = (int) (entry & ID) - 1;
            if ((entry & ~ID) == wanted && same(words[id], bytes, from, to)) {
                return id;
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    /** May load bytes behind {@code to}, which then do not count. */
    private static boolean same(long[] name, byte[] bytes, int from, int to) {
        int at = from;
        for (int i = 0; i < name.length; i += 2) {
            long word = at <= bytes.length - 8 ? Octets.word(bytes, at) : NameHash.tail(bytes, at, to);
            if ((word & name[i + 1]) != name[i]) {
                return false;
            }
            at += 8;
        }
        return true;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
