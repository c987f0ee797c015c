package io.sluice.core.time;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The layouts of time that nginx prints. Every call makes a new array: callers keep it for the second it is good for. */
enum TimeFormat {
    /** {@code 1994/11/06 08:49:37}, local. */
    ERROR_LOG {
        @Override
        byte[] format(LocalDateTime local, int offsetSeconds) {
            byte[] text = ascii("yyyy/MM/dd HH:mm:ss");
            four(text, 0, local.getYear());
            two(text, 5, local.getMonthValue());
            two(text, 8, local.getDayOfMonth());
            timeOfDay(text, 11, local);
            return text;
        }
    },

    /** {@code Sun, 06 Nov 1994 08:49:37 GMT}: IMF-fixdate of RFC 9110, 5.6.7. */
    HTTP_DATE {
        @Override
        byte[] format(LocalDateTime local, int offsetSeconds) {
            byte[] text = ascii("EEE, dd MMM yyyy HH:mm:ss GMT");
            threeLetters(text, 0, DAYS, local.getDayOfWeek().getValue() - 1);
            two(text, 5, local.getDayOfMonth());
            threeLetters(text, 8, MONTHS, local.getMonthValue() - 1);
            four(text, 12, local.getYear());
            timeOfDay(text, 17, local);
            return text;
        }

        @Override
        ZoneId zone(ZoneId local) {
            return ZoneOffset.UTC;
        }
    },

    /** {@code 06/Nov/1994:08:49:37 +0000}, local: the common log format. */
    COMMON_LOG {
        @Override
        byte[] format(LocalDateTime local, int offsetSeconds) {
            byte[] text = ascii("dd/MMM/yyyy:HH:mm:ss +hhmm");
            two(text, 0, local.getDayOfMonth());
            threeLetters(text, 3, MONTHS, local.getMonthValue() - 1);
            four(text, 7, local.getYear());
            timeOfDay(text, 12, local);
            int minutes = Math.abs(offsetSeconds) / 60;
            text[21] = (byte) (offsetSeconds < 0 ? '-' : '+');
            two(text, 22, minutes / 60);
            two(text, 24, minutes % 60);
            return text;
        }
    },

    /** {@code 1994-11-06T08:49:37+00:00}, local. */
    ISO_8601 {
        @Override
        byte[] format(LocalDateTime local, int offsetSeconds) {
            byte[] text = ascii("yyyy-MM-ddTHH:mm:ss+hh:mm");
            four(text, 0, local.getYear());
            two(text, 5, local.getMonthValue());
            two(text, 8, local.getDayOfMonth());
            timeOfDay(text, 11, local);
            int minutes = Math.abs(offsetSeconds) / 60;
            text[19] = (byte) (offsetSeconds < 0 ? '-' : '+');
            two(text, 20, minutes / 60);
            two(text, 23, minutes % 60);
            return text;
        }
    };

    private static final byte[] DAYS = ascii("MonTueWedThuFriSatSun");
    private static final byte[] MONTHS = ascii("JanFebMarAprMayJunJulAugSepOctNovDec");

    /** @param epochSecond seconds since 1970-01-01T00:00:00Z; years 0 to 9999 */
    final byte[] format(long epochSecond, ZoneId localZone) {
        ZoneOffset offset = zone(localZone).getRules().getOffset(Instant.ofEpochSecond(epochSecond));
        return format(LocalDateTime.ofEpochSecond(epochSecond, 0, offset), offset.getTotalSeconds());
    }

    abstract byte[] format(LocalDateTime local, int offsetSeconds);

    ZoneId zone(ZoneId local) {
        return local;
    }

    private static void timeOfDay(byte[] into, int at, LocalDateTime time) {
        two(into, at, time.getHour());
        two(into, at + 3, time.getMinute());
        two(into, at + 6, time.getSecond());
    }

    private static void threeLetters(byte[] into, int at, byte[] names, int index) {
        System.arraycopy(names, index * 3, into, at, 3);
    }

    private static void four(byte[] into, int at, int value) {
        two(into, at, value / 100);
        two(into, at + 2, value % 100);
    }

    private static void two(byte[] into, int at, int value) {
        into[at] = (byte) ('0' + value / 10);
        into[at + 1] = (byte) ('0' + value % 10);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
