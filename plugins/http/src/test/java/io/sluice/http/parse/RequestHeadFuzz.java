package io.sluice.http.parse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;

/** For a fuzzer: nothing a client sends may make the parser throw, or mean something else when it is cut otherwise. */
final class RequestHeadFuzz {
    static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    static final String FIELDS = "(?:" + TOKEN + ":[\\t\\x20-\\x7e\\x80-\\xff]*+\\r\\n)*+\\r\\n";

    private static final Pattern HEAD =
            Pattern.compile("(?:\\r\\n){0,4}+" + TOKEN + " [\\x21-\\x7e]++ HTTP/1\\.[0-9]\\r\\n" + FIELDS);

    private RequestHeadFuzz() {}

    public static void fuzzerTestOneInput(byte[] message) {
        Random random = new Random(Arrays.hashCode(message));
        RequestReading reading = new RequestReading(Wire.LIMITS);
        String whole = reading.read(message, Wire.whole(message.length), 0, 'x');
        if (whole.startsWith("DONE")) {
            check(message, reading.parser);
        } else if (whole.startsWith("BAD")) {
            assertTrue(reading.parser.fault().status() >= 400);
        }
        assertEquals(whole, reading.read(message, Wire.cut(message.length, random), 0, ':'));
        assertEquals(whole, reading.read(message, Wire.cut(message.length, random), 1 + random.nextInt(3), '\n'));
        assertEquals(whole, reading.read(message, Wire.singleBytes(message.length), 0, '\r'));
    }

    private static void check(byte[] message, RequestHeadParser parser) {
        // Windows puts the first byte of a message at 7.
        String head = Wire.text(message, 0, parser.position() - 7);
        assertTrue(HEAD.matcher(head).matches(), head);
        RequestLine line = parser.line();
        if (line.pathLength() > 0 && !line.complexPath() && line.form() != TargetForm.ASTERISK) {
            byte[] path = Arrays.copyOfRange(message, line.pathOffset() - 7, line.pathOffset() - 7 + line.pathLength());
            byte[] normal = new byte[path.length];
            UriNormalizer normalizer = new UriNormalizer();
            assertTrue(normalizer.normalize(path, 0, path.length, normal, 0));
            assertEquals(path.length, normalizer.end());
            assertArrayEquals(path, normal);
        }
    }
}
