package io.sluice.http.parse;

import java.nio.charset.StandardCharsets;

/**
 * Dates as headers carry them (RFC 9110, 5.6.7): reads the three forms, writes the one that may be sent. Nothing is made on the way.
 *
 * <p>Strict: names of days and months are written as the RFC writes them, nothing stands before or behind. Whether the day of the week
 * fits the date is not looked at. A year of two digits means 1970 to 2069, as in nginx, so that a text means the same whenever it is
 * read.
 */
public final class HttpDate {
    /** What {@link #parse} answers for what is no date. */
    public static final long NONE = -1;

    /** {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
    public static final int BYTES = 29;

    private static final byte[] DAYS = ascii("MonTueWedThuFriSatSun");
    private static final byte[] MONTHS = ascii("JanFebMarAprMayJunJulAugSepOctNovDec");
    private static final byte[][] LONG_DAYS = {
        ascii("Monday, "),
        ascii("Tuesday, "),
        ascii("Wednesday, "),
        ascii("Thursday, "),
        ascii("Friday, "),
        ascii("Saturday, "),
        ascii("Sunday, ")
    };
    private static final byte[] ZONE = ascii(" GMT");
    private static final byte[] DAYS_OF_MONTH = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int SECONDS_OF_DAY = 86_400;

    /** {@code 9999-12-31T23:59:59Z}. */
    private static final long LAST = 253_402_300_799L;

    private HttpDate() {}

    /**
     * Reads {@code bytes[from, to)}.
     *
     * @return seconds since 1970-01-01T00:00:00Z, or {@link #NONE} for what is no date or lies before that
     */
    public static long parse(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length == BYTES && bytes[from + 3] == ',') {
            return fixed(bytes, from);
        }
        if (length == 24 && bytes[from + 3] == ' ') {
            return asctime(bytes, from);
        }
        for (byte[] day : LONG_DAYS) {
            if (length == day.length + 22 && matches(bytes, from, day)) {
                return obsolete(bytes, from + day.length);
            }
        }
        return NONE;
    }

    /** {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
    private static long fixed(byte[] b, int at) {
        boolean framed = nameIn(DAYS, b, at) >= 0
                && b[at + 4] == ' '
                && b[at + 7] == ' '
                && b[at + 11] == ' '
                && b[at + 16] == ' '
                && matches(b, at + 25, ZONE);
        return framed ? seconds(four(b, at + 12), nameIn(MONTHS, b, at + 8), two(b, at + 5), time(b, at + 17)) : NONE;
    }

    /** {@code 06-Nov-94 08:49:37 GMT}, behind the name of the day. */
    private static long obsolete(byte[] b, int at) {
        boolean framed = b[at + 2] == '-' && b[at + 6] == '-' && b[at + 9] == ' ' && matches(b, at + 18, ZONE);
        int year = two(b, at + 7);
        if (!framed || year < 0) {
            return NONE;
        }
        return seconds(year < 70 ? 2000 + year : 1900 + year, nameIn(MONTHS, b, at + 3), two(b, at), time(b, at + 10));
    }

    /** {@code Sun Nov  6 08:49:37 1994}. */
    private static long asctime(byte[] b, int at) {
        boolean framed = nameIn(DAYS, b, at) >= 0 && b[at + 7] == ' ' && b[at + 10] == ' ' && b[at + 19] == ' ';
        int day = b[at + 8] == ' ' ? digit(b[at + 9]) : two(b, at + 8);
        return framed ? seconds(four(b, at + 20), nameIn(MONTHS, b, at + 4), day, time(b, at + 11)) : NONE;
    }

    /** All parts may be negative for what was no number or no name. */
    private static long seconds(int year, int month, int day, int time) {
        if (year < 1970 || month < 0 || day < 1 || time < 0 || day > daysOf(year, month)) {
            return NONE;
        }
        return daysBefore(year, month + 1, day) * SECONDS_OF_DAY + time;
    }

    private static int daysOf(int year, int month) {
        boolean leap = (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 1 && leap ? 29 : DAYS_OF_MONTH[month];
    }

    /**
     * Days from 1970-01-01. Years are counted from March on, so that the leap day is their last, and in eras of 400 of them, which have
     * equally many days.
     *
     * @param month from 1
     */
    private static long daysBefore(int year, int month, int day) {
        long y = month <= 2 ? year - 1L : year;
        long era = Math.floorDiv(y, 400L);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097 + dayOfEra - 719_468;
    }

    /** {@code 08:49:37} in seconds of its day, or -1. The sixtieth second is a leap second's. */
    private static int time(byte[] b, int at) {
        int hour = two(b, at);
        int minute = two(b, at + 3);
        int second = two(b, at + 6);
        boolean valid = hour >= 0
                && hour < 24
                && minute >= 0
                && minute < 60
                && second >= 0
                && second <= 60
                && b[at + 2] == ':'
                && b[at + 5] == ':';
        return valid ? hour * 3600 + minute * 60 + second : -1;
    }

    private static int four(byte[] b, int at) {
        int high = two(b, at);
        int low = two(b, at + 2);
        return high < 0 || low < 0 ? -1 : high * 100 + low;
    }

    private static int two(byte[] b, int at) {
        int high = digit(b[at]);
        int low = digit(b[at + 1]);
        return high < 0 || low < 0 ? -1 : high * 10 + low;
    }

    private static int digit(byte b) {
        return b >= '0' && b <= '9' ? b - '0' : -1;
    }

    /** Which of the names of three letters stands there, or -1. */
    private static int nameIn(byte[] names, byte[] b, int at) {
        for (int i = 0; i < names.length; i += 3) {
            if (b[at] == names[i] && b[at + 1] == names[i + 1] && b[at + 2] == names[i + 2]) {
                return i / 3;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] b, int at, byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (b[at + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes {@code Sun, 06 Nov 1994 08:49:37 GMT}.
     *
     * @param epochSecond from 1970 to 9999; what lies outside is written as the nearest of both
     * @return behind the last byte written
     */
    public static int write(long epochSecond, byte[] target, int at) {
        long second = Math.clamp(epochSecond, 0, LAST);
        long days = second / SECONDS_OF_DAY;
        int time = (int) (second - days * SECONDS_OF_DAY);
        long shifted = days + 719_468;
        long era = shifted / 146_097;
        long dayOfEra = shifted - era * 146_097;
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = (int) (dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100));
        int fromMarch = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * fromMarch + 2) / 5 + 1;
        int month = fromMarch < 10 ? fromMarch + 2 : fromMarch - 10;
        int year = (int) (yearOfEra + era * 400) + (month < 2 ? 1 : 0);
        // 1970-01-01 was a Thursday.
        System.arraycopy(DAYS, (int) ((days + 3) % 7) * 3, target, at, 3);
        target[at + 3] = ',';
        target[at + 4] = ' ';
        Digits.twoDecimals(day, target, at + 5);
        target[at + 7] = ' ';
        System.arraycopy(MONTHS, month * 3, target, at + 8, 3);
        target[at + 11] = ' ';
        Digits.twoDecimals(year / 100, target, at + 12);
        Digits.twoDecimals(year % 100, target, at + 14);
        target[at + 16] = ' ';
        Digits.twoDecimals(time / 3600, target, at + 17);
        target[at + 19] = ':';
        Digits.twoDecimals(time / 60 % 60, target, at + 20);
        target[at + 22] = ':';
        Digits.twoDecimals(time % 60, target, at + 23);
        System.arraycopy(ZONE, 0, target, at + 25, ZONE.length);
        return at + BYTES;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
