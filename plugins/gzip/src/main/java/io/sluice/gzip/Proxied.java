package io.sluice.gzip;

import java.util.List;

/** When a response is compressed for a client that came through a proxy, by which the response may be kept: nginx's words. */
enum Proxied {
    OFF,
    EXPIRED,
    NO_CACHE,
    NO_STORE,
    PRIVATE,
    NO_LAST_MODIFIED,
    NO_ETAG,
    AUTH,
    ANY;

    private int bit() {
        return 1 << ordinal();
    }

    /** Whether a set made by {@link #bits} has this word. */
    boolean in(int bits) {
        return (bits & bit()) != 0;
    }

    static int bits(List<Proxied> words) {
        int bits = 0;
        for (Proxied word : words) {
            bits |= word.bit();
        }
        return bits;
    }
}
