package io.sluice.http.filter;

/**
 * When an answer expires, as the setting {@code expires} says it. Immutable.
 *
 * @param seconds behind now or the change of the content; of the day for {@link From#DAILY}; may be negative
 */
record Expires(From from, long seconds) {
    /** What the time is counted from. */
    enum From {
        /** Nothing is said. */
        OFF,
        /** It has expired long ago. */
        EPOCH,
        /** It never expires. */
        MAX,
        /** The time of the answer. */
        NOW,
        /** The time its content was changed. */
        MODIFIED,
        /** The next time it is that late, local time. */
        DAILY
    }

    static final Expires OFF = new Expires(From.OFF, 0);
    private static final Expires EPOCH = new Expires(From.EPOCH, 0);
    private static final Expires MAX = new Expires(From.MAX, 0);

    private static final String MODIFIED = "modified ";
    private static final long SECONDS_OF_DAY = 86_400;

    /** Letters of units from the largest on, and their seconds: of nginx's ngx_parse_time. */
    private static final String UNITS = "yMwdhms";

    private static final long[] UNIT_SECONDS = {
        365 * SECONDS_OF_DAY, 30 * SECONDS_OF_DAY, 7 * SECONDS_OF_DAY, SECONDS_OF_DAY, 3600, 60, 1
    };

    /** More than any date can say. */
    private static final long MOST_SECONDS = 1L << 36;

    /**
     * Reads the setting.
     *
     * @throws IllegalArgumentException if it cannot be understood
     */
    static Expires parse(String text) {
        return switch (text) {
            case "off" -> OFF;
            case "epoch" -> EPOCH;
            case "max" -> MAX;
            default -> parseTime(text);
        };
    }

    private static Expires parseTime(String text) {
        if (text.startsWith("@")) {
            long time = seconds(text.substring(1), text);
            if (time >= SECONDS_OF_DAY) {
                throw wrong(text, "a day ends before");
            }
            return new Expires(From.DAILY, time);
        }
        boolean modified = text.startsWith(MODIFIED);
        String time = modified ? text.substring(MODIFIED.length()).strip() : text;
        boolean negative = time.startsWith("-");
        long seconds = seconds(negative || time.startsWith("+") ? time.substring(1) : time, text);
        return new Expires(modified ? From.MODIFIED : From.NOW, negative ? -seconds : seconds);
    }

    /** {@code 1d 12h}: each unit once, the largest first; a number alone is of seconds. */
    private static long seconds(String time, String text) {
        long total = 0;
        int unit = -1;
        int at = 0;
        while (at < time.length()) {
            long number = 0;
            int from = at;
            while (at < time.length() && time.charAt(at) >= '0' && time.charAt(at) <= '9') {
                number = number * 10 + time.charAt(at++) - '0';
                if (number > MOST_SECONDS) {
                    throw wrong(text, "too much");
                }
            }
            if (at == from) {
                throw wrong(text, "no time");
            }
            int found = at == time.length() || time.charAt(at) == ' '
                    ? UNITS.length() - 1
                    : UNITS.indexOf(time.charAt(at++));
            if (found <= unit) {
                throw wrong(text, "no time");
            }
            unit = found;
            total += number * UNIT_SECONDS[unit];
            while (at < time.length() && time.charAt(at) == ' ') {
                at++;
            }
        }
        if (unit < 0 || total > MOST_SECONDS) {
            throw wrong(text, unit < 0 ? "no time" : "too much");
        }
        return total;
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException("\"" + text + "\" is not off, epoch, max, a time as 30d or -1, modified"
                + " with a time, or @ with a time of day: " + why);
    }
}
