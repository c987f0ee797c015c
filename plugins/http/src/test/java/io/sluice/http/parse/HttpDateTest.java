package io.sluice.http.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HttpDateTest {
    private static final long LAST = 253_402_300_799L;

    @ParameterizedTest
    @ValueSource(
            strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
    void the_three_forms_of_the_rfc_mean_the_same(String text) {
        assertEquals(784_111_777L, parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Thu, 01 Jan 1970 00:00:00 GMT|0",
                "Thu, 29 Feb 2024 23:59:59 GMT|1709251199",
                // 2000 was a leap year, 2100 will be none.
                "Tue, 29 Feb 2000 00:00:00 GMT|951782400",
                "Mon, 29 Feb 2100 00:00:00 GMT|-1",
                "Fri, 31 Dec 9999 23:59:59 GMT|253402300799",
                // A leap second.
                "Sat, 31 Dec 2016 23:59:60 GMT|1483228800",
                // The day of the week is wrong: nobody looks.
                "Mon, 06 Nov 1994 08:49:37 GMT|784111777",
                "Tue Nov 15 12:45:26 1994|784903526",
                "Wednesday, 01-Jan-70 00:00:00 GMT|0",
                "Tuesday, 31-Dec-69 23:59:59 GMT|3155759999",
            })
    void a_date_is_what_the_calendar_says(String text, long seconds) {
        assertEquals(seconds, parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "now",
                "Sun, 06 Nov 1969 08:49:37 GMT",
                "Sun, 00 Nov 1994 08:49:37 GMT",
                "Sun, 31 Nov 1994 08:49:37 GMT",
                "Sun, 29 Feb 2023 08:49:37 GMT",
                "Sun, 06 Nov 1994 24:00:00 GMT",
                "Sun, 06 Nov 1994 08:60:00 GMT",
                "Sun, 06 Nov 1994 08:49:61 GMT",
                "Sun, 06 nov 1994 08:49:37 GMT",
                "sun, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 UTC",
                "Sun, 06 Nov 1994 08:49:37 gmt",
                "Sun, 06 Nov 1994 08:49:37 +00",
                "Sun, 06-Nov-1994 08:49:37 GMT",
                "Sun, 6 Nov 1994 08:49:37  GMT",
                "Sun, +6 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 GMT ",
                " Sun, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 GMT; length=34",
                "Sunday, 06 Nov 94 08:49:37 GMT",
                "Sunday, 06-Nov-1994 08:49:37 GMT",
                "Sun Nov 06 08:49:37 19945",
                "Sun Nov  6 08:49:37 199",
                "Sun Nov   08:49:37 1994",
                "\0\0\0,\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
            })
    void what_is_no_date_is_none(String text) {
        assertEquals(HttpDate.NONE, parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
    void no_part_of_a_date_is_one_wherever_it_lies(String text) {
        byte[] bytes = Wire.bytes("xx" + text + "yy");
        for (int from = 0; from < bytes.length; from++) {
            for (int to = from; to <= bytes.length; to++) {
                boolean whole = from == 2 && to == bytes.length - 2;
                assertEquals(whole ? 784_111_777L : HttpDate.NONE, HttpDate.parse(bytes, from, to), from + " to " + to);
            }
        }
    }

    @Test
    void every_day_of_four_hundred_years_is_written_and_read_as_the_jdk_does() {
        DateTimeFormatter format = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);
        for (long day = 0; day < 146_097; day++) {
            long second = day * 86_400 + day * 7919 % 86_400;
            String text = written(second);
            assertEquals(format.format(Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC)), text);
            assertEquals(second, parse(text));
        }
    }

    @Test
    void what_a_header_cannot_say_is_written_as_the_nearest_date() {
        assertEquals("Thu, 01 Jan 1970 00:00:00 GMT", written(-1));
        assertEquals("Fri, 31 Dec 9999 23:59:59 GMT", written(LAST + 1));
        assertEquals("Fri, 31 Dec 9999 23:59:59 GMT", written(Long.MAX_VALUE));
    }

    @Test
    void mutated_dates_are_refused_or_written_back_as_the_same_date() {
        String[] samples = {
            "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"
        };
        String telling = "0123456789 -:,GMTSunovFebDec\0\377";
        Random random = new Random(9110);
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder(samples[random.nextInt(3)]);
            for (int step = random.nextInt(4); step >= 0; step--) {
                int at = random.nextInt(text.length());
                char c = telling.charAt(random.nextInt(telling.length()));
                switch (random.nextInt(4)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, c);
                    default -> text.setCharAt(at, c);
                }
            }
            long read = parse(text.toString());
            if (read != HttpDate.NONE) {
                assertEquals(read, parse(written(read)), text.toString());
            }
        }
    }

    private static long parse(String text) {
        byte[] bytes = Wire.bytes("<" + text + ">");
        return HttpDate.parse(bytes, 1, bytes.length - 1);
    }

    private static String written(long second) {
        byte[] target = new byte[HttpDate.BYTES + 2];
        assertEquals(HttpDate.BYTES + 1, HttpDate.write(second, target, 1));
        return Wire.text(target, 1, HttpDate.BYTES);
    }
}
