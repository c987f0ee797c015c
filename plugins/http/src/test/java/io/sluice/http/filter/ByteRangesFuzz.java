package io.sluice.http.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** For a fuzzer: the ranges of a value are those that a second, slow reading of RFC 9110, 14.1.2, finds. */
final class ByteRangesFuzz {
    private static final Pattern ONE = Pattern.compile(" *(?:(\\d+) *- *(\\d*)|-(\\d+)) *");
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final long[] LENGTHS = {0, 1, 100, 1L << 40};
    private static final int MOST_RANGES = 5;

    private ByteRangesFuzz() {}

    public static void fuzzerTestOneInput(byte[] text) {
        byte[] value = new byte[6 + text.length];
        System.arraycopy("bytes=".getBytes(StandardCharsets.US_ASCII), 0, value, 0, 6);
        System.arraycopy(text, 0, value, 6, text.length);
        assertEquals(text.length > 0, ByteRanges.isOfBytes(value, value.length));
        if (text.length == 0) {
            return;
        }
        String asked = new String(text, StandardCharsets.ISO_8859_1);
        ByteRanges ranges = new ByteRanges();
        for (long length : LENGTHS) {
            String expected = slowly(asked, length);
            assertEquals(expected, read(ranges, value, value.length, length));
            byte[] longer = Arrays.copyOf(value, value.length + 2);
            longer[value.length] = '9';
            assertEquals(expected, read(ranges, longer, value.length, length));
        }
    }

    private static String read(ByteRanges ranges, byte[] value, int valueLength, long length) {
        ByteRanges.Asked asked = ranges.read(value, valueLength, length, MOST_RANGES);
        if (asked != ByteRanges.Asked.PARTS) {
            return asked.name();
        }
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < ranges.count(); i++) {
            assertTrue(0 <= ranges.start(i) && ranges.start(i) < ranges.end(i) && ranges.end(i) <= length);
            all.append(ranges.start(i)).append('-').append(ranges.end(i)).append(' ');
        }
        return all.toString();
    }

    private static String slowly(String text, long length) {
        List<String> parts = new ArrayList<>();
        BigInteger asked = BigInteger.ZERO;
        for (String part : text.split(",", -1)) {
            Matcher one = ONE.matcher(part);
            if (!one.matches() || isTooLarge(one)) {
                return "NOTHING";
            }
            long from = one.group(1) != null
                    ? Long.parseLong(one.group(1))
                    : Math.max(0, length - Long.parseLong(one.group(3)));
            boolean open = one.group(1) == null || one.group(2).isEmpty();
            long to = open || Long.parseLong(one.group(2)) >= length ? length : Long.parseLong(one.group(2)) + 1;
            if (from < to) {
                asked = asked.add(BigInteger.valueOf(to - from));
                if (asked.compareTo(MOST) > 0) {
                    return "NOTHING";
                }
                if (parts.size() == MOST_RANGES) {
                    return "WHOLE";
                }
                parts.add(from + "-" + to + " ");
            } else if (from == 0) {
                return "WHOLE";
            }
        }
        if (parts.isEmpty()) {
            return "NOTHING";
        }
        return asked.compareTo(BigInteger.valueOf(length)) > 0 ? "WHOLE" : String.join("", parts);
    }

    private static boolean isTooLarge(Matcher one) {
        for (int group = 1; group <= 3; group++) {
            String digits = one.group(group);
            if (digits != null && !digits.isEmpty() && new BigInteger(digits).compareTo(MOST) > 0) {
                return true;
            }
        }
        return false;
    }
}
