package io.sluice.stream.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.stream.hello.ClientHello.Reading;
import java.util.Arrays;

/** For a fuzzer: a ClientHello says the same in whatever pieces it comes, and what stands behind it says nothing. */
final class HelloFuzz {
    private HelloFuzz() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        Parsed whole = Parsed.of(bytes);
        assertTrue(whole.name().length() <= 255);
        int[] pieces = {1, 2 + Math.floorMod(Arrays.hashCode(bytes), 17)};
        for (int piece : pieces) {
            Parsed cut = Parsed.inPieces(bytes, piece);
            assertEquals(whole.reading(), cut.reading());
            assertEquals(whole.name(), cut.name());
            assertEquals(whole.protocols(), cut.protocols());
            assertEquals(whole.version(), cut.version());
            if (piece == 1 && cut.reading() == Reading.DONE) {
                byte[] other = bytes.clone();
                Arrays.fill(other, cut.read(), other.length, (byte) 0xff);
                assertEquals(whole, Parsed.of(other));
            }
        }
    }
}
