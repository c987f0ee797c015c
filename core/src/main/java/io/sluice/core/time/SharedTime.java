package io.sluice.core.time;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The error log's time for those who have no worker: start-up, signals, the log's own thread, virtual threads. Reads the
 * clock at each call.
 *
 * <p><b>Thread:</b> any.
 */
public final class SharedTime {
    private final Clock clock;
    private final ZoneId zone;
    private volatile @Nullable Second last;

    public SharedTime(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    /** {@code 1994/11/06 08:49:37}, local zone. Lent: must not be changed. */
    public byte[] errorLogTime() {
        long wanted = Math.floorDiv(clock.millis(), 1000L);
        Second known = last;
        // Two threads may both make the text of a new second. Both are right and one of them stays.
        if (known == null || known.epochSecond != wanted) {
            known = new Second(wanted, TimeFormat.ERROR_LOG.format(wanted, zone));
            last = known;
        }
        return known.text;
    }

    private static final class Second {
        private final long epochSecond;
        private final byte[] text;

        Second(long epochSecond, byte[] text) {
            this.epochSecond = epochSecond;
            this.text = text;
        }
    }
}
