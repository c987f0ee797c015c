package io.sluice.http.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** For a fuzzer: a date is what a second, slow reading of RFC 9110, 5.6.7, says; written and read again it is the same. */
final class HttpDateFuzz {
    private static final String TIME = "(?<h>\\d\\d):(?<m>\\d\\d):(?<s>\\d\\d)";
    private static final String MONTH = "(?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
    private static final String DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
    private static final List<Pattern> FORMS = List.of(
            Pattern.compile(DAY + ", (?<day>\\d\\d) " + MONTH + " (?<year>\\d{4}) " + TIME + " GMT"),
            Pattern.compile(DAY + " " + MONTH + " (?<day>\\d\\d| \\d) " + TIME + " (?<year>\\d{4})"),
            Pattern.compile("(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\\d\\d)-" + MONTH + "-(?<year>\\d\\d) "
                    + TIME + " GMT"));
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    private HttpDateFuzz() {}

    public static void fuzzerTestOneInput(byte[] text) {
        long expected = slowly(new String(text, StandardCharsets.ISO_8859_1));
        assertEquals(expected, HttpDate.parse(text, 0, text.length));
        for (byte around : new byte[] {' ', '1', 'G'}) {
            byte[] within = new byte[text.length + 10];
            Arrays.fill(within, around);
            System.arraycopy(text, 0, within, 5, text.length);
            assertEquals(expected, HttpDate.parse(within, 5, 5 + text.length));
        }
        if (expected >= 0) {
            byte[] written = new byte[HttpDate.BYTES];
            assertEquals(HttpDate.BYTES, HttpDate.write(expected, written, 0));
            assertTrue(
                    HttpDate.parse(written, 0, written.length) == expected,
                    () -> new String(written, StandardCharsets.ISO_8859_1));
        }
    }

    private static long slowly(String text) {
        for (Pattern form : FORMS) {
            Matcher date = form.matcher(text);
            if (date.matches()) {
                return seconds(date);
            }
        }
        return HttpDate.NONE;
    }

    private static long seconds(Matcher date) {
        int year = number(date, "year");
        int full = date.group("year").length() == 4 ? year : year < 70 ? 2000 + year : 1900 + year;
        int second = number(date, "s");
        if (full < 1970 || second > 60) {
            return HttpDate.NONE;
        }
        try {
            // A leap second is the first of the next minute.
            return LocalDateTime.of(
                                    full,
                                    1 + MONTHS.indexOf(date.group("month")),
                                    number(date, "day"),
                                    number(date, "h"),
                                    number(date, "m"),
                                    Math.min(second, 59))
                            .toEpochSecond(ZoneOffset.UTC)
                    + (second == 60 ? 1 : 0);
        } catch (DateTimeException impossible) {
            return HttpDate.NONE;
        }
    }

    private static int number(Matcher date, String group) {
        return Integer.parseInt(date.group(group).strip());
    }
}
