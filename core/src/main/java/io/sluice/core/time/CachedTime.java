package io.sluice.core.time;

import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The time as all handlers of one turn of the loop see it, and the texts made of it.
 *
 * <p>The arrays are lent: they must not be changed. Each is made once per second, when first asked for, and is never
 * written to again, so it may be handed to another thread.
 *
 * <p><b>Thread:</b> the worker's.
 */
public final class CachedTime {
    private final Clock clock;
    private final ZoneId zone;
    private final Texts errorLog;
    private final Texts httpDate;
    private final Texts commonLog;
    private final Texts iso8601;
    private long nanos;
    private long epochMillis;

    /** @param zone the local zone, in which all but the HTTP date is printed */
    public CachedTime(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
        this.errorLog = new Texts(TimeFormat.ERROR_LOG, zone);
        this.httpDate = new Texts(TimeFormat.HTTP_DATE, zone);
        this.commonLog = new Texts(TimeFormat.COMMON_LOG, zone);
        this.iso8601 = new Texts(TimeFormat.ISO_8601, zone);
        update();
    }

    /** Reads the clock. The loop calls it once per turn, after it waited for readiness; nobody else does. */
    public void update() {
        nanos = clock.nanos();
        epochMillis = clock.millis();
    }

    /** The clock behind it, for whoever must know how long something took within one turn. */
    public Clock clock() {
        return clock;
    }

    /** The local zone. */
    public ZoneId zone() {
        return zone;
    }

    /** Monotonic; see {@link Clock#nanos()}. */
    public long nanos() {
        return nanos;
    }

    /** Wall clock; see {@link Clock#millis()}. */
    public long epochMillis() {
        return epochMillis;
    }

    /** {@code 1994/11/06 08:49:37}, local zone, 19 bytes. */
    public byte[] errorLogTime() {
        return errorLog.at(epochMillis);
    }

    /** {@code Sun, 06 Nov 1994 08:49:37 GMT}, 29 bytes (RFC 9110, 5.6.7). */
    public byte[] httpDate() {
        return httpDate.at(epochMillis);
    }

    /** {@code 06/Nov/1994:08:49:37 +0000}, local zone, 26 bytes. */
    public byte[] commonLogTime() {
        return commonLog.at(epochMillis);
    }

    /** {@code 1994-11-06T08:49:37+00:00}, local zone, 25 bytes. */
    public byte[] iso8601Time() {
        return iso8601.at(epochMillis);
    }

    /** The text of the last second that was asked for. */
    private static final class Texts {
        private final TimeFormat format;
        private final ZoneId zone;
        private long second;
        private byte @Nullable [] text;

        Texts(TimeFormat format, ZoneId zone) {
            this.format = format;
            this.zone = Objects.requireNonNull(zone);
        }

        byte[] at(long millis) {
            long wanted = Math.floorDiv(millis, 1000L);
            byte[] made = text;
            // Unequal, not greater: a wall clock that was set back must show.
            if (made == null || second != wanted) {
                made = format.format(wanted, zone);
                text = made;
                second = wanted;
            }
            return made;
        }
    }
}
