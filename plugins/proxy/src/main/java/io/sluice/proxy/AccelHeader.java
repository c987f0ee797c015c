package io.sluice.proxy;

import io.sluice.http.parse.HeaderName;
import io.sluice.http.parse.HeaderTable;
import java.util.List;

/** The headers by which a peer tells the proxy, not the client, what to do; with these names in {@code proxy.ignore-headers}. */
enum AccelHeader {
    X_ACCEL_REDIRECT(HeaderName.X_ACCEL_REDIRECT),
    X_ACCEL_LIMIT_RATE(HeaderName.X_ACCEL_LIMIT_RATE),
    X_ACCEL_CHARSET(HeaderName.X_ACCEL_CHARSET),
    /** Has no effect: what a peer sends goes on at once, and never into a file. */
    X_ACCEL_BUFFERING(HeaderName.X_ACCEL_BUFFERING),
    /** Is for caches. */
    X_ACCEL_EXPIRES(HeaderName.X_ACCEL_EXPIRES);

    private final HeaderName header;

    AccelHeader(HeaderName header) {
        this.header = header;
    }

    /** As a set of bits, for {@link #in}. */
    static int bits(List<AccelHeader> ignored) {
        int bits = 0;
        for (AccelHeader each : ignored) {
            bits |= 1 << each.ordinal();
        }
        return bits;
    }

    /** The first header of this name, the later ones do not count; -1 if there is none, or if it is ignored. */
    int in(HeaderTable headers, int ignored) {
        return (ignored & 1 << ordinal()) == 0 ? headers.first(header) : -1;
    }
}
