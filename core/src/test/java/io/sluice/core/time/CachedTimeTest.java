package io.sluice.core.time;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CachedTimeTest {
    private static final ZoneId KATHMANDU = ZoneId.of("Asia/Kathmandu");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private final HandClock clock = HandClock.at("1994-11-06T08:49:37.999Z");

    @Test
    void the_four_layouts_are_those_of_nginx() {
        CachedTime time = new CachedTime(clock, ZoneOffset.UTC);
        assertEquals("1994/11/06 08:49:37", text(time.errorLogTime()));
        assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", text(time.httpDate()));
        assertEquals("06/Nov/1994:08:49:37 +0000", text(time.commonLogTime()));
        assertEquals("1994-11-06T08:49:37+00:00", text(time.iso8601Time()));
    }

    @Test
    void all_but_the_http_date_are_local() {
        CachedTime east = new CachedTime(clock, KATHMANDU);
        assertEquals("1994/11/06 14:34:37", text(east.errorLogTime()));
        assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", text(east.httpDate()));
        assertEquals("06/Nov/1994:14:34:37 +0545", text(east.commonLogTime()));
        assertEquals("1994-11-06T14:34:37+05:45", text(east.iso8601Time()));
        CachedTime west = new CachedTime(clock, NEW_YORK);
        assertEquals("06/Nov/1994:03:49:37 -0500", text(west.commonLogTime()));
        assertEquals("1994-11-06T03:49:37-05:00", text(west.iso8601Time()));
    }

    @Test
    void daylight_saving_begins_within_a_second() {
        clock.set("2026-03-08T06:59:59Z");
        CachedTime time = new CachedTime(clock, NEW_YORK);
        assertEquals("08/Mar/2026:01:59:59 -0500", text(time.commonLogTime()));
        clock.advanceMillis(1000);
        time.update();
        assertEquals("08/Mar/2026:03:00:00 -0400", text(time.commonLogTime()));
    }

    @Test
    void nothing_moves_between_two_updates() {
        CachedTime time = new CachedTime(clock, ZoneOffset.UTC);
        long nanos = time.nanos();
        clock.advanceMillis(5000);
        assertEquals(nanos, time.nanos());
        assertEquals("1994/11/06 08:49:37", text(time.errorLogTime()));
        time.update();
        assertEquals(nanos + 5_000_000_000L, time.nanos());
        assertEquals(clock.millis(), time.epochMillis());
        assertEquals("1994/11/06 08:49:42", text(time.errorLogTime()));
    }

    @Test
    void a_text_is_made_once_per_second() {
        clock.set("1994-11-06T08:49:37.000Z");
        CachedTime time = new CachedTime(clock, ZoneOffset.UTC);
        byte[] first = time.httpDate();
        clock.advanceMillis(999);
        time.update();
        assertSame(first, time.httpDate());
        clock.advanceMillis(1);
        time.update();
        assertNotSame(first, time.httpDate());
        assertEquals("Sun, 06 Nov 1994 08:49:38 GMT", text(time.httpDate()));
        assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", text(first));
    }

    @Test
    void a_wall_clock_that_is_set_back_shows() {
        CachedTime time = new CachedTime(clock, ZoneOffset.UTC);
        assertEquals("1994/11/06 08:49:37", text(time.errorLogTime()));
        clock.set("1994-11-06T08:00:00Z");
        time.update();
        assertEquals("1994/11/06 08:00:00", text(time.errorLogTime()));
    }

    @Test
    void the_second_before_1970_is_the_second_before() {
        clock.set("1969-12-31T23:59:59.001Z");
        assertEquals("1969/12/31 23:59:59", text(new CachedTime(clock, ZoneOffset.UTC).errorLogTime()));
    }

    @Test
    void a_generation_of_midnights_agrees_with_the_formatters_of_the_jdk() {
        DateTimeFormatter log = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);
        DateTimeFormatter common = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss xx", Locale.ENGLISH);
        DateTimeFormatter date = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);
        DateTimeFormatter iso = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);
        CachedTime time = new CachedTime(clock, NEW_YORK);
        // The last second of each day and the first of the next, leap days among them.
        for (Instant end = Instant.parse("1999-12-31T23:59:59Z");
                end.isBefore(Instant.parse("2025-01-01T00:00:00Z"));
                end = end.plusSeconds(86_400)) {
            for (int second = 0; second < 2; second++) {
                Instant now = end.plusSeconds(second);
                clock.set(now.toString());
                time.update();
                ZonedDateTime local = now.atZone(NEW_YORK);
                assertEquals(log.format(local), text(time.errorLogTime()));
                assertEquals(common.format(local), text(time.commonLogTime()));
                assertEquals(date.format(now.atZone(ZoneOffset.UTC)), text(time.httpDate()));
                assertEquals(iso.format(local), text(time.iso8601Time()));
            }
        }
    }

    @Test
    void the_shared_time_reads_the_clock_itself() {
        SharedTime shared = new SharedTime(clock, KATHMANDU);
        byte[] first = shared.errorLogTime();
        assertEquals("1994/11/06 14:34:37", text(first));
        assertSame(first, shared.errorLogTime());
        clock.advanceMillis(1);
        assertEquals("1994/11/06 14:34:38", text(shared.errorLogTime()));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, US_ASCII);
    }
}
