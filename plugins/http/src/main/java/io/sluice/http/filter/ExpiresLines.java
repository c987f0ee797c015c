package io.sluice.http.filter;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Constant;
import io.sluice.core.time.CachedTime;
import io.sluice.http.HttpRequest;
import io.sluice.http.parse.Digits;
import io.sluice.http.parse.HeaderName;
import io.sluice.http.parse.HttpDate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * Writes Expires with the Cache-Control that says the same to those who know it, in the place of those the answer has.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class ExpiresLines {
    private static final byte[] EXPIRES = ascii("Expires: ");
    private static final byte[] MAX_AGE = ascii("\r\nCache-Control: max-age=");
    private static final byte[] NO_CACHE = ascii("\r\nCache-Control: no-cache");
    private static final int EXPIRES_NAME = "Expires".length();
    private static final int CONTROL_NAME = "Cache-Control".length();

    /** Where the second line begins, behind a date and a line end. */
    private static final int CONTROL_AT = EXPIRES_NAME + 2 + HttpDate.BYTES + 2;

    private static final Constant EPOCH =
            Constant.of(ascii("Expires: Thu, 01 Jan 1970 00:00:01 GMT\r\nCache-Control: no-cache"));
    private static final Constant MAX =
            Constant.of(ascii("Expires: Thu, 31 Dec 2037 23:55:55 GMT\r\nCache-Control: max-age=315360000"));

    private static final int MOST_BYTES = 128;

    /** A day with one hour more, when the clocks are set back. */
    private static final long LONGEST_DAY = 25 * 3600;

    private final CachedTime time;
    private final byte[] scratch = new byte[HttpDate.BYTES];
    private long dailySeconds = -1;
    private long nextDaily;

    ExpiresLines(CachedTime time) {
        this.time = time;
    }

    void put(HttpRequest request, Expires when) {
        request.removeResponseHeader(HeaderName.EXPIRES);
        request.removeResponseHeader(HeaderName.CACHE_CONTROL);
        long now = Math.floorDiv(time.epochMillis(), 1000L);
        switch (when.from()) {
            case OFF -> {}
            case EPOCH -> add(request, request.pool().view(EPOCH));
            case MAX -> add(request, request.pool().view(MAX));
            case NOW -> add(request, when, now + when.seconds(), now);
            case MODIFIED -> {
                long modified = request.lastModified();
                add(request, when, (modified < 0 ? now : modified) + when.seconds(), now);
            }
            case DAILY -> add(request, when, nextDaily(when.seconds(), now), now);
        }
    }

    private void add(HttpRequest request, Expires when, long moment, long now) {
        Buf lines = request.pool().take(MOST_BYTES);
        lines.put(EXPIRES);
        HttpDate.write(moment, scratch, 0);
        lines.put(scratch);
        if (when.seconds() < 0 || moment < now) {
            lines.put(NO_CACHE);
        } else {
            lines.put(MAX_AGE);
            lines.put(scratch, 0, Digits.decimal(moment - now, scratch, 0));
        }
        add(request, lines);
    }

    /** Two lines, one behind the other, so that they are copied in one piece. */
    private static void add(HttpRequest request, Buf lines) {
        int at = lines.start();
        request.addLine(lines, HeaderName.EXPIRES.ordinal(), EXPIRES_NAME, at, at + CONTROL_AT - 2);
        request.addLine(lines, HeaderName.CACHE_CONTROL.ordinal(), CONTROL_NAME, at + CONTROL_AT, lines.last());
    }

    /** The calendar is asked once a day, not for each answer. */
    private long nextDaily(long secondsOfDay, long now) {
        if (secondsOfDay != dailySeconds || nextDaily <= now || nextDaily - now > LONGEST_DAY) {
            ZoneId zone = time.zone();
            LocalTime late = LocalTime.ofSecondOfDay(secondsOfDay);
            LocalDate today = LocalDate.ofInstant(Instant.ofEpochSecond(now), zone);
            long next = today.atTime(late).atZone(zone).toEpochSecond();
            nextDaily = next > now
                    ? next
                    : today.plusDays(1).atTime(late).atZone(zone).toEpochSecond();
            dailySeconds = secondsOfDay;
        }
        return nextDaily;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
