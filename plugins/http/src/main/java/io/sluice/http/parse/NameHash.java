package io.sluice.http.parse;

/**
 * Hash of a header name, the same for all cases of its letters, eight bytes a step. It picks candidates and is never
 * proof of equality by itself, so it needs no secret.
 */
final class NameHash {
    static final long SEED = 0x2545_f491_4f6c_dd1dL;

    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

    private NameHash() {}

    /** @param word eight bytes of the name; at the end what is left, none to seven, with zeros above */
    static long mix(long hash, long word) {
        long mixed = (hash ^ (word | Octets.FOLD)) * MULTIPLIER;
        return mixed ^ (mixed >>> 29);
    }

    static int finish(long hash) {
        return (int) (hash ^ (hash >>> 32));
    }

    static int of(byte[] bytes, int from, int to) {
        long hash = SEED;
        int i = from;
        for (; i <= to - 8; i += 8) {
            hash = mix(hash, Octets.word(bytes, i));
        }
        return finish(mix(hash, tail(bytes, i, to)));
    }

    /** Up to seven bytes as a word, reading none beyond {@code to}. */
    static long tail(byte[] bytes, int from, int to) {
        long word = 0;
        for (int i = to - 1; i >= from; i--) {
            word = (word << 8) | (bytes[i] & 0xffL);
        }
        return word;
    }
}
