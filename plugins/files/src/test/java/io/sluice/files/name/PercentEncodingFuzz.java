package io.sluice.files.name;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** For a fuzzer: whatever a name's bytes are, it is in one piece in a URI and comes out as it was; so does the file's. */
final class PercentEncodingFuzz {
    private static final Pattern COMPONENT = Pattern.compile("(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})*");
    private static final Pattern QUERY = Pattern.compile("[\\x21\\x22\\x24-\\x7e]*");

    private PercentEncodingFuzz() {}

    public static void fuzzerTestOneInput(byte[] name) {
        StringBuilder component = new StringBuilder();
        PercentEncoding.component(name, component);
        assertTrue(COMPONENT.matcher(component).matches(), component.toString());
        assertArrayEquals(name, PercentEncoding.decoded(component.toString()));
        StringBuilder path = new StringBuilder();
        PercentEncoding.path(name, 0, name.length, path);
        assertEquals(component.toString().replace("%2F", "/"), path.toString());
        assertArrayEquals(name, PercentEncoding.decoded(path.toString()));
        String query = PercentEncoding.query(name, 0, name.length);
        assertTrue(QUERY.matcher(query).matches(), query);
        asFile(name);
    }

    /** What the system is asked for is what we were asked for. */
    private static void asFile(byte[] name) {
        byte[] absolute = ("/" + new String(name, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
        for (byte b : absolute) {
            if (b == 0) {
                return;
            }
        }
        String uri = PercentEncoding.path(absolute, absolute.length).toUri().getRawPath();
        byte[] back = PercentEncoding.decoded(uri);
        String expected = new String(absolute, StandardCharsets.ISO_8859_1)
                .replaceAll("/+", "/")
                .replaceAll("(?s)(?<=.)/\\z", "");
        assertEquals(expected, new String(back, StandardCharsets.ISO_8859_1).replaceAll("(?s)(?<=.)/\\z", ""));
    }
}
