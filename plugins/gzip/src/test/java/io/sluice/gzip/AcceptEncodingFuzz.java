package io.sluice.gzip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** For a fuzzer: what a client accepts is what a second, slow reading of RFC 9110, 12.5.3, says, in one line or in two. */
final class AcceptEncodingFuzz {
    private static final Pattern ELEMENT = Pattern.compile(
            "([!#$%&'*+\\-.^_`|~0-9A-Za-z]+)(?:[ \t]*;[ \t]*[qQ]=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?))?");

    private AcceptEncodingFuzz() {}

    public static void fuzzerTestOneInput(byte[] value) {
        String text = new String(value, StandardCharsets.ISO_8859_1);
        boolean expected = slowly(text);
        AcceptEncoding codings = new AcceptEncoding();
        codings.add(value, 0, value.length);
        assertEquals(expected, codings.allowsGzip());
        byte[] within = new byte[value.length + 8];
        Arrays.fill(within, (byte) '0');
        System.arraycopy(value, 0, within, 4, value.length);
        codings.reset();
        codings.add(within, 4, 4 + value.length);
        assertEquals(expected, codings.allowsGzip());
        for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', comma + 1)) {
            codings.reset();
            codings.add(value, 0, comma);
            codings.add(value, comma + 1, value.length);
            assertEquals(expected, codings.allowsGzip());
        }
        for (String word : new String[] {"no-cache", "private"}) {
            byte[] bytes = word.getBytes(StandardCharsets.US_ASCII);
            boolean listed = Arrays.stream(text.split(",", -1))
                    .anyMatch(each -> each.replaceAll("^[ \t]+|[ \t]+\\z", "").equalsIgnoreCase(word));
            assertEquals(listed, Words.lists(value, 0, value.length, bytes));
        }
    }

    private static boolean slowly(String value) {
        int gzip = -1;
        int any = -1;
        int identity = -1;
        for (String element : value.split(",", -1)) {
            String stripped = element.replaceAll("^[ \t]+|[ \t]+\\z", "");
            if (stripped.isEmpty()) {
                continue;
            }
            Matcher one = ELEMENT.matcher(stripped);
            if (!one.matches()) {
                return false;
            }
            int weight = one.group(2) == null ? 1000 : (int) Math.round(Double.parseDouble(one.group(2)) * 1000);
            switch (one.group(1).toLowerCase(Locale.ROOT)) {
                case "gzip", "x-gzip" -> gzip = gzip < 0 ? weight : Math.min(gzip, weight);
                case "identity" -> identity = identity < 0 ? weight : Math.min(identity, weight);
                case "*" -> any = any < 0 ? weight : Math.min(any, weight);
                default -> {}
            }
        }
        int asked = gzip >= 0 ? gzip : any;
        return asked > 0 && asked >= identity;
    }
}
