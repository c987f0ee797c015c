package io.sluice.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The sids of some peers, to be found by bytes that a client has sent, at no allocation. Immutable; only the configuration decides what is
 * in it, so that nobody can fill it with what collides.
 */
final class Sids {
    private final byte[] @Nullable [] keys;
    private final @Nullable String[] sids;
    private final int mask;
    private int longest;

    Sids(String[] all) {
        int slots = Integer.highestOneBit(Math.max(1, all.length)) * 4;
        keys = new byte[slots][];
        sids = new String[slots];
        mask = slots - 1;
        for (String sid : all) {
            add(sid);
        }
    }

    private void add(String sid) {
        byte[] key = sid.getBytes(StandardCharsets.UTF_8);
        int slot = slot(key, key.length);
        keys[slot] = key;
        sids[slot] = sid;
        longest = Math.max(longest, key.length);
    }

    /** The sid that has these bytes, or null. */
    @Nullable
    String find(byte[] bytes, int length) {
        return length > longest ? null : sids[slot(bytes, length)];
    }

    /** Where a key is, or would be. At least half of the slots are free. */
    private int slot(byte[] bytes, int length) {
        int hash = 1;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ hash >>> 15) & mask;
        for (byte[] key = keys[slot]; key != null; key = keys[slot]) {
            if (Arrays.equals(key, 0, key.length, bytes, 0, length)) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
