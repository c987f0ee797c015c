package io.sluice.balance.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.peers.HandPeers;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RingTest {
    @Test
    void the_checksum_is_that_of_zlib_however_it_is_fed() {
        byte[] text = "one two 4294967295 \u00e4".getBytes(StandardCharsets.UTF_8);
        CRC32 zlib = new CRC32();
        zlib.update(text);
        assertEquals((int) zlib.getValue(), Crc32.end(Crc32.add(Crc32.START, text, text.length)));
        assertEquals(checksum("1073741824"), Crc32.end(Crc32.addDecimal(Crc32.START, 1_073_741_824)));
        assertEquals(checksum("0"), Crc32.end(Crc32.addDecimal(Crc32.START, 0)));
        assertEquals(checksum("abcd"), Crc32.end(Crc32.addLittleEndian(Crc32.START, 0x64636261)));
    }

    @Test
    void a_key_behind_the_last_point_is_of_the_first() {
        Ring ring = new Ring(HandPeers.ofWeights(1, 1));
        assertTrue(ring.size() > 2 * Ring.POINTS_FOR_WEIGHT - 4, "but for points that fell on one another");
        assertEquals(ring.size(), ring.find(~0));
        assertEquals(0, ring.find(0));
    }

    private static int checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }
}
