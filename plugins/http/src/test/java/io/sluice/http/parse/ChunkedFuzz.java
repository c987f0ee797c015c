package io.sluice.http.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** For a fuzzer: a chunked body is what a second, slow reading of the grammar says, however it is cut. */
final class ChunkedFuzz {
    private static final String BLANK = "[ \\t]*+";
    private static final String QUOTED =
            "\"(?:[\\t \\x21\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\\t -\\x7e\\x80-\\xff])*+\"";
    private static final String EXTENSION = "(?:" + BLANK + ";" + BLANK + RequestHeadFuzz.TOKEN + "(?:" + BLANK + "="
            + BLANK + "(?:" + RequestHeadFuzz.TOKEN + "|" + QUOTED + "))?)*";
    private static final Pattern SIZE = Pattern.compile("([0-9A-Fa-f]{1,16})" + EXTENSION + "\\r\\n");
    private static final Pattern TRAILERS = Pattern.compile(RequestHeadFuzz.FIELDS);

    private ChunkedFuzz() {}

    public static void fuzzerTestOneInput(byte[] body) {
        Random random = new Random(Arrays.hashCode(body));
        ChunkedReading reading = ChunkedReading.decoded(body, Wire.whole(body.length), 'x');
        String whole = reading.toString();
        String expected = slowly(Wire.text(body));
        switch (reading.decoder.fault()) {
            case NONE -> assertEquals(expected, reading.decoder.done() ? done(reading) : "");
            case FORBIDDEN_TRAILER, TRAILER_TOO_LARGE, TOO_MANY_HEADERS, CHUNK_EXTENSIONS_TOO_LONG -> {}
            default -> assertEquals("", expected, whole);
        }
        assertEquals(
                whole, ChunkedReading.framed(body, Wire.whole(body.length), '0').toString());
        assertEquals(
                whole,
                ChunkedReading.decoded(body, Wire.cut(body.length, random), '\n')
                        .toString());
        assertEquals(
                whole,
                ChunkedReading.framed(body, Wire.cut(body.length, random), '\r').toString());
    }

    private static String done(ChunkedReading reading) {
        return reading.consumed + " " + Wire.text(reading.data.toByteArray());
    }

    /** Where the body ends and its data, or nothing if it is not complete or wrong. */
    private static String slowly(String body) {
        StringBuilder data = new StringBuilder();
        Matcher size = SIZE.matcher(body);
        int at = 0;
        while (size.region(at, body.length()).lookingAt()) {
            at = size.end();
            long length = Long.parseUnsignedLong(size.group(1), 16);
            if (length == 0) {
                Matcher trailers = TRAILERS.matcher(body).region(at, body.length());
                return trailers.lookingAt() ? trailers.end() + " " + data : "";
            }
            if (length < 0 || length > body.length() - at || !body.startsWith("\r\n", at + (int) length)) {
                return "";
            }
            data.append(body, at, at + (int) length);
            at += (int) length + 2;
        }
        return "";
    }
}
