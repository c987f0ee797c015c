package io.sluice.http.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;

/** For a fuzzer: nothing a peer answers may make the parser throw, or mean something else when it is cut otherwise. */
final class ResponseHeadFuzz {
    private static final Pattern HEAD = Pattern.compile(
            "HTTP/1\\.[0-9] [1-9][0-9]{2}(?: [\\t\\x20-\\x7e\\x80-\\xff]*+)?\\r\\n" + RequestHeadFuzz.FIELDS);

    private ResponseHeadFuzz() {}

    public static void fuzzerTestOneInput(byte[] message) {
        Random random = new Random(Arrays.hashCode(message));
        Method asked = Method.values()[random.nextInt(Method.values().length)];
        ResponseReading reading = new ResponseReading();
        String whole = reading.read(asked, message, Wire.whole(message.length), 0, 'x');
        if (whole.startsWith("DONE")) {
            String head = Wire.text(message, 0, reading.parser.position() - 7);
            assertTrue(HEAD.matcher(head).matches(), head);
        }
        assertEquals(whole, reading.read(asked, message, Wire.cut(message.length, random), 0, ':'));
        assertEquals(whole, reading.read(asked, message, Wire.cut(message.length, random), 2, '\n'));
        assertEquals(whole, reading.read(asked, message, Wire.singleBytes(message.length), 0, '\r'));
    }
}
