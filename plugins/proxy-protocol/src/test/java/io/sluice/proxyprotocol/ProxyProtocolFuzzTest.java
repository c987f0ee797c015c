package io.sluice.proxyprotocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.variable.BytesSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Right headers with a few bytes changed, and any bytes: nothing is thrown, and nothing beyond what came is believed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProxyProtocolFuzzTest {
    private static final int INPUTS = 200_000 * Integer.getInteger("sluice.fuzz", 1);
    private static final byte[][] SEEDS = {
        "PROXY TCP4 192.0.2.1 198.51.100.2 4660 443\r\nGET /".getBytes(StandardCharsets.US_ASCII),
        "PROXY TCP6 2001:db8::1 ::ffff:192.0.2.1 1 2\r\n".getBytes(StandardCharsets.US_ASCII),
        "PROXY UNKNOWN x\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
        BinaryBytes.inet().tlv(0x02, "example.com").makeWithChecksum(),
        BinaryBytes.inet().tlv(0x20, "\1\0\0\0\0\41\0\7TLSv1.3\42\0\1x").make(),
        new BinaryBytes(0x21, 0x31)
                .filled("/run/x", 108)
                .filled("", 108)
                .tlv(4, "pad")
                .make(),
        new BinaryBytes(0x21, 0x21).zeroes(36).make(),
        new BinaryBytes(0x20, 0).make(),
    };

    private final Random random = new Random(Long.getLong("sluice.test.seed", 20_260_801L));
    private final BytesSink out = new BytesSink(64, 1 << 16);

    private byte[] changed(byte[] seed) {
        int grown = random.nextInt(4) == 0 ? random.nextInt(64) : 0;
        byte[] bytes = Arrays.copyOf(seed, seed.length + grown);
        for (int changes = random.nextInt(5); changes > 0; changes--) {
            int at = random.nextInt(bytes.length);
            bytes[at] = random.nextBoolean() ? (byte) random.nextInt(256) : bytes[random.nextInt(bytes.length)];
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
    }

    @Test
    void changed_headers_are_read_or_refused_and_in_pieces_as_at_once() {
        int whole = 0;
        int broken = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] bytes = changed(SEEDS[random.nextInt(SEEDS.length)]);
            Parsed all = Header.parse(bytes, bytes.length);
            switch (all) {
                case Parsed.Incomplete _ -> {}
                case Parsed.Broken _ -> broken++;
                case Parsed.Whole(int length, var proxied) -> {
                    whole++;
                    assertTrue(length > 0 && length <= bytes.length && length <= Header.MAX_BYTES);
                    if (proxied != null) {
                        for (int type = 0; type < 256; type++) {
                            out.reset();
                            proxied.writeTlv(type, out);
                            proxied.writeTlv(0x20, 5, type, out);
                        }
                    }
                    // What stands behind a header is not looked at.
                    byte[] other = bytes.clone();
                    random.nextBytes(other);
                    System.arraycopy(bytes, 0, other, 0, length);
                    assertEquals(length, ((Parsed.Whole) Header.parse(other, other.length)).length());
                }
            }
            int part = random.nextInt(bytes.length + 1);
            Parsed first = Header.parse(bytes, part);
            if (!(first instanceof Parsed.Incomplete)) {
                assertEquals(first.getClass(), all.getClass(), "what was decided stays so with more bytes");
            }
        }
        assertTrue(whole > INPUTS / 20 && broken > INPUTS / 20, whole + " whole, " + broken + " broken");
    }

    @Test
    void any_bytes_at_all_throw_nothing() {
        byte[] bytes = new byte[300];
        for (int i = 0; i < INPUTS / 10; i++) {
            random.nextBytes(bytes);
            System.arraycopy(Header.BINARY_START, 0, bytes, 0, 12);
            if (random.nextBoolean()) {
                bytes[12] = 0x21;
                bytes[13] = (byte) ((1 + random.nextInt(3)) << 4 | 1);
                bytes[14] = 0;
            }
            assertNotSame(null, Header.parse(bytes, random.nextInt(bytes.length + 1)));
        }
    }
}
