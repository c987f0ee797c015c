package io.sluice.sticky.cookie;

import io.sluice.core.time.CachedTime;
import io.sluice.core.variable.BytesSink;
import io.sluice.http.parse.HttpDate;
import java.nio.charset.StandardCharsets;

/**
 * Until when a client keeps the cookie.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class Expiry {
    /** For as long as nginx would say: until the year 2037. */
    static final long MAX = -1;

    /** A hundred years. */
    static final long LONGEST = 36_500L * 86_400;

    private static final byte[] BEGIN = "; Expires=".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END_OF_2037 =
            "; Expires=Thu, 31 Dec 2037 23:55:55 GMT".getBytes(StandardCharsets.US_ASCII);

    private final long seconds;
    private final CachedTime time;
    private final byte[] date = new byte[HttpDate.BYTES];
    private long writtenFor = Long.MIN_VALUE;

    /** @param seconds 0 for no word about it, or {@link #MAX} */
    Expiry(long seconds, CachedTime time) {
        this.seconds = seconds;
        this.time = time;
    }

    void put(BytesSink out) {
        if (seconds == MAX) {
            out.put(END_OF_2037);
        } else if (seconds > 0) {
            long until = Math.floorDiv(time.epochMillis(), 1000L) + seconds;
            if (until != writtenFor) {
                HttpDate.write(until, date, 0);
                writtenFor = until;
            }
            out.put(BEGIN);
            out.put(date);
        }
    }
}
