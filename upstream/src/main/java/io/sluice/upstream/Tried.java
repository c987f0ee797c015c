package io.sluice.upstream;

import java.util.Arrays;

/**
 * Which peers of a group one request has tried. Used again for the next request.
 *
 * <p><b>Thread:</b> one.
 */
final class Tried {
    private static final int WORD_BITS = 6;

    private long[] words = new long[1];
    private int count;

    /** Forgets all, and has room for so many. */
    void clear(int size) {
        if (count > 0) {
            Arrays.fill(words, 0);
            count = 0;
        }
        int needed = (size >> WORD_BITS) + 1;
        if (words.length < needed) {
            words = new long[needed];
        }
    }

    boolean has(int index) {
        return (words[index >> WORD_BITS] & 1L << index) != 0;
    }

    void add(int index) {
        if (!has(index)) {
            words[index >> WORD_BITS] |= 1L << index;
            count++;
        }
    }

    void remove(int index) {
        if (has(index)) {
            words[index >> WORD_BITS] &= ~(1L << index);
            count--;
        }
    }

    boolean isEmpty() {
        return count == 0;
    }
}
