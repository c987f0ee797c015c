package io.sluice.stream.hello;

import static io.sluice.stream.hello.Hellos.extension;
import static io.sluice.stream.hello.Hellos.inRecordsOf;
import static io.sluice.stream.hello.Hellos.message;
import static io.sluice.stream.hello.Hellos.protocols;
import static io.sluice.stream.hello.Hellos.serverName;
import static io.sluice.stream.hello.Hellos.versions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.stream.hello.ClientHello.Reading;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Hellos of which some bytes are others: whatever they say, it is the same in all pieces, and nothing is thrown. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HelloReaderFuzzTest {
    private static final int INPUTS = 20_000 * Integer.getInteger("sluice.fuzz", 1);
    private static final long SEED = 20_261_121;

    @Test
    void nothing_that_a_client_says_is_read_in_two_ways() {
        Random random = new Random(SEED);
        List<byte[]> seeds = List.of(
                Hellos.ofJdk("example.org", List.of("h2", "http/1.1")),
                Hellos.hello(serverName("example.org"), protocols("h2"), versions(0x0304)),
                inRecordsOf(9, message(extension(10, new byte[4]), serverName("a"), protocols("b", "c"))));
        int done = 0;
        int wrong = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] bytes = mutated(seeds.get(random.nextInt(seeds.size())), random);
            Parsed whole = Parsed.of(bytes);
            Parsed pieces = Parsed.inPieces(bytes, 1 + random.nextInt(20));
            assertEquals(whole.reading(), pieces.reading(), "input " + i);
            assertEquals(whole.name(), pieces.name(), "input " + i);
            assertEquals(whole.protocols(), pieces.protocols(), "input " + i);
            assertEquals(whole.version(), pieces.version(), "input " + i);
            assertTrue(whole.name().length() <= 255 && !whole.name().contains("/"), "input " + i);
            done += whole.reading() == Reading.DONE ? 1 : 0;
            wrong += whole.reading() == Reading.WRONG ? 1 : 0;
        }
        // Else the inputs would be no good.
        assertTrue(done > INPUTS / 20 && wrong > INPUTS / 20, done + " good, " + wrong + " not, of " + INPUTS);
    }

    private static byte[] mutated(byte[] seed, Random random) {
        byte[] bytes = seed.clone();
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] += (byte) (random.nextBoolean() ? 1 : -1);
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default ->
                    bytes = Hellos.join(
                            Arrays.copyOf(bytes, at),
                            new byte[random.nextInt(3)],
                            Arrays.copyOfRange(bytes, at, bytes.length));
            }
        }
        return bytes;
    }
}
