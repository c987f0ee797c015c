package io.sluice.gzip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.heap.Allocated;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AcceptEncodingTest {
    private static final Pattern ELEMENT = Pattern.compile(
            "([!#$%&'*+\\-.^_`|~0-9A-Za-z]+)(?:[ \t]*;[ \t]*[qQ]=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?))?");

    private final AcceptEncoding codings = new AcceptEncoding();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "GZip",
                "x-gzip",
                "*",
                "gzip, deflate, br",
                "deflate,gzip",
                "deflate, gzip;q=1.0, *;q=0.5",
                "gzip;q=0.001",
                "gzip;q=0.5, identity;q=0.5",
                "gzip ; Q=1",
                "gzip\t;\tq=0.25\t,br",
                ",, gzip ,,",
                "identity;q=0, *;q=0.1",
                "br;q=1.0, gzip;q=0.8, *;q=0.1",
                "*;q=0, gzip",
                "gzip;q=1."
            })
    void gzip_is_accepted(String value) {
        assertTrue(allows(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "identity",
                "deflate",
                "gzip;q=0",
                "gzip;q=0.000",
                "gzip;q=0, *",
                "*;q=0",
                "gzip;q=0.5, identity",
                "gzip;q=0.5, identity;q=0.6",
                "gzip, gzip;q=0",
                "gzipped",
                "gzi",
                "xgzip",
                "gzip;q=1.001",
                "gzip;q=2",
                "gzip;q=0.1234",
                "gzip;q=.5",
                "gzip;q=-1",
                "gzip;q",
                "gzip;q=",
                "gzip;",
                "gzip;level=1",
                "gzip;q=1;q=1",
                "gzip deflate",
                "gzip;q = 1",
                "gzip;q=1 0",
                "\"gzip\"",
                "gzip, deflate;q=x",
                "gzip, \u00e9",
                "gzip;q=1\u0000"
            })
    void gzip_is_refused(String value) {
        assertFalse(allows(value));
    }

    @Test
    void lines_are_one_list() {
        codings.reset();
        add("deflate");
        add("gzip");
        assertTrue(codings.allowsGzip());
        add("gzip;q=0");
        assertFalse(codings.allowsGzip());
        codings.reset();
        add("gzip");
        add("broken;;");
        assertFalse(codings.allowsGzip());
        codings.reset();
        assertFalse(codings.allowsGzip());
    }

    @Test
    void only_the_given_range_is_read() {
        byte[] bytes = "gzip;q=0gzip;q=0".getBytes(StandardCharsets.US_ASCII);
        codings.reset();
        codings.add(bytes, 8, 12);
        assertTrue(codings.allowsGzip());
    }

    @Test
    void random_values_are_read_as_the_grammar_says() {
        long seed = 20_260_101;
        Random random = new Random(seed);
        String[] parts = {
            "gzip",
            "x-gzip",
            "GZIP",
            "identity",
            "*",
            "br",
            ",",
            ",",
            ";",
            "q=",
            "Q=",
            "0",
            "1",
            "0.5",
            "1.000",
            "0.",
            " ",
            "\t",
            "0.9999",
            "gz",
            "\u0080",
            "=",
            "\"",
            ".",
            "5"
        };
        int accepted = 0;
        for (int i = 0; i < 300_000; i++) {
            StringBuilder value = new StringBuilder();
            for (int n = random.nextInt(10); n >= 0; n--) {
                value.append(parts[random.nextInt(parts.length)]);
            }
            boolean expected = expected(value.toString());
            assertEquals(expected, allows(value.toString()), "seed " + seed + ": \"" + value + "\"");
            accepted += expected ? 1 : 0;
        }
        assertTrue(accepted > 5_000, "only " + accepted + " of them were accepted");
    }

    @Test
    void reading_allocates_nothing() {
        byte[] value = "br;q=1.0, gzip;q=0.8, identity;q=0.2, *;q=0.1".getBytes(StandardCharsets.US_ASCII);
        assertEquals(20_000, read(value, 20_000));
        long allocated = Allocated.by(() -> read(value, 20_000));
        assertTrue(allocated < 1_000, allocated + " bytes");
    }

    private int read(byte[] value, int times) {
        int accepted = 0;
        for (int i = 0; i < times; i++) {
            codings.reset();
            codings.add(value, 0, value.length);
            accepted += codings.allowsGzip() ? 1 : 0;
        }
        return accepted;
    }

    private boolean allows(String value) {
        codings.reset();
        add(value);
        return codings.allowsGzip();
    }

    private void add(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        codings.add(bytes, 0, bytes.length);
    }

    /** The same once more, slowly. */
    private static boolean expected(String value) {
        double gzip = -1;
        double any = -1;
        double identity = -1;
        for (String element : value.split(",", -1)) {
            String stripped = element.replaceAll("^[ \t]+|[ \t]+$", "");
            if (stripped.isEmpty()) {
                continue;
            }
            Matcher matcher = ELEMENT.matcher(stripped);
            if (!matcher.matches()) {
                return false;
            }
            double weight = matcher.group(2) == null ? 1 : Double.parseDouble(matcher.group(2));
            switch (matcher.group(1).toLowerCase(Locale.ROOT)) {
                case "gzip", "x-gzip" -> gzip = gzip < 0 ? weight : Math.min(gzip, weight);
                case "*" -> any = any < 0 ? weight : Math.min(any, weight);
                case "identity" -> identity = identity < 0 ? weight : Math.min(identity, weight);
                default -> {}
            }
        }
        double weight = gzip < 0 ? any : gzip;
        return weight > 0 && weight >= identity;
    }
}
