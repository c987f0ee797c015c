package io.sluice.proxyprotocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Proxied;
import io.sluice.core.variable.BytesSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which first bytes are a header, how long it is, and what it says. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HeaderTest {
    private static Parsed parse(String bytes) {
        return parse(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Parsed parse(byte[] bytes) {
        return Header.parse(bytes, bytes.length);
    }

    private static Parsed.Whole whole(byte[] bytes) {
        return assertInstanceOf(Parsed.Whole.class, parse(bytes));
    }

    private static Proxied told(byte[] bytes) {
        return Objects.requireNonNull(whole(bytes).proxied());
    }

    private static String why(byte[] bytes) {
        return assertInstanceOf(Parsed.Broken.class, parse(bytes)).why();
    }

    private static String escaped(String text) {
        return text.replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\0", "\0")
                .replace("\\t", "\t");
    }

    // ---- version 1

    @ParameterizedTest
    @CsvSource({
        "TCP4 192.0.2.1 198.51.100.2 4660 443, 192.0.2.1:4660 to 198.51.100.2:443",
        "TCP4 0.0.0.0 255.255.255.255 0 65535, 0.0.0.0:0 to 255.255.255.255:65535",
        "TCP6 2001:db8::1 ::1 1 2, [2001:db8::1]:1 to [::1]:2",
        "TCP6 :: 1:2:3:4:5:6:7:8 1 2, [::]:1 to [1:2:3:4:5:6:7:8]:2",
        "TCP6 FFFF::abcd ::ffff:192.0.2.1 1 2, [ffff::abcd]:1 to [::ffff:192.0.2.1]:2",
        "TCP6 1:2:3:4:5:6:7:: fe80::1:0:0:2 1 2, [1:2:3:4:5:6:7:0]:1 to [fe80::1:0:0:2]:2",
    })
    void a_line_tells_two_addresses(String line, String told) {
        byte[] bytes = ("PROXY " + line + "\r\nGET").getBytes(StandardCharsets.US_ASCII);
        assertEquals(bytes.length - 3, whole(bytes).length());
        assertEquals(told, told(bytes).toString());
        assertEquals(0, told(bytes).tlvs().length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PROXY UNKNOWN\r\n", "PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n", "PROXY UNKNOWN what ever\r\n"})
    void an_unknown_client_is_a_right_header_that_tells_nothing(String line) {
        Parsed.Whole whole = whole((line + "x").getBytes(StandardCharsets.US_ASCII));
        assertEquals(line.length(), whole.length());
        assertNull(whole.proxied());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\\r\\n",
                "proxy TCP4 1.1.1.1 1.1.1.1 1 1\\r\\n",
                "PROXY\\tTCP4 1.1.1.1 1.1.1.1 1 1\\r\\n",
                "PROXY  TCP4 1.1.1.1 1.1.1.1 1 1\\r\\n",
                "PROXY TCP4  1.1.1.1 1.1.1.1 1 1\\r\\n",
                "PROXY \\r\\n",
                "PROXY TCP4 1.1.1.1 1.1.1.1 1 1\\n",
                "PROXY TCP4 1.1.1.1 1.1.1.1 1 1\\r",
                "PROXY UNKNOWN\\rx\\n",
                "PROXY TCP4 1.1.1.1 1.1.1.1 1 1 \\r\\n",
                "PROXY TCP4 1.1.1.1 1.1.1.1 1\\r\\n",
                "PROXY TCP4\\r\\n",
                "PROXY TCP4 1.1.1.1 1.1.1.1 1 1 1\\r\\n",
                "PROXY TCP4 1.1.1 1.1.1.1 1 1\\r\\n",
                "PROXY TCP4 1.1.1.1.1 1.1.1.1 1 1\\r\\n",
                "PROXY TCP4 1.1.1.256 1.1.1.1 1 1\\r\\n",
                "PROXY TCP4 01.1.1.1 1.1.1.1 1 1\\r\\n",
                "PROXY TCP4 1.1.1.1 1.1.1.1 01 1\\r\\n",
                "PROXY TCP4 1.1.1.1 1.1.1.1 -1 1\\r\\n",
                "PROXY TCP4 1.1.1.1 1.1.1.1 +1 1\\r\\n",
                "PROXY TCP4 1.1.1.1 1.1.1.1 65536 1\\r\\n",
                "PROXY TCP4 1.1.1.1 1.1.1.1 1 99999999999\\r\\n",
                "PROXY TCP4 1.1.1.1 1.1.1.1 1 0x1\\r\\n",
                "PROXY TCP4 ::1 ::1 1 1\\r\\n",
                "PROXY TCP6 1.1.1.1 1.1.1.1 1 1\\r\\n",
                "PROXY TCP6 1:2:3:4:5:6:7 ::1 1 1\\r\\n",
                "PROXY TCP6 1:2:3:4:5:6:7:8:9 ::1 1 1\\r\\n",
                "PROXY TCP6 1::2::3 ::1 1 1\\r\\n",
                "PROXY TCP6 :1 ::1 1 1\\r\\n",
                "PROXY TCP6 1: ::1 1 1\\r\\n",
                "PROXY TCP6 ::: ::1 1 1\\r\\n",
                "PROXY TCP6 12345:: ::1 1 1\\r\\n",
                "PROXY TCP6 g:: ::1 1 1\\r\\n",
                "PROXY TCP6 ::1.2.3.4:1 ::1 1 1\\r\\n",
                "PROXY TCP6 1:2:3:4:5:6:7:1.2.3.4 ::1 1 1\\r\\n",
                "PROXY TCP6 fe80::1%eth0 ::1 1 1\\r\\n",
                "PROXY TCP6 1:2:3:4:5:6:7:8:: ::1 1 1\\r\\n",
                "PROXY TCP5 1.1.1.1 1.1.1.1 1 1\\r\\n",
                "PROXY UDP4 1.1.1.1 1.1.1.1 1 1\\r\\n",
                "PROXY UNKNOWNS\\r\\n",
                "PROXY TCP4 1.1.1.1\\0 1.1.1.1 1 1\\r\\n",
                "PROXY TCP4 a.b.c.d 1.1.1.1 1 1\\r\\n",
                "PROXY TCP4 ... 1.1.1.1 1 1\\r\\n",
                "\\r\\nPROXY TCP4 1.1.1.1 1.1.1.1 1 1\\r\\n",
                "\\0"
            })
    void what_only_looks_like_a_line_is_none(String line) {
        byte[] bytes = (escaped(line) + "x").getBytes(StandardCharsets.ISO_8859_1);
        assertInstanceOf(Parsed.Broken.class, parse(bytes), line);
    }

    @Test
    void a_line_has_at_most_107_bytes() {
        String longest = "PROXY UNKNOWN " + "x".repeat(91) + "\r\n";
        assertEquals(107, longest.length());
        assertEquals(107, whole(longest.getBytes(StandardCharsets.US_ASCII)).length());
        assertInstanceOf(Parsed.Incomplete.class, parse(longest.substring(0, 106)));
        String longer = "PROXY UNKNOWN " + "x".repeat(92) + "\r\n";
        assertTrue(why(longer.getBytes(StandardCharsets.US_ASCII)).contains("longer than 107"));
        assertTrue(why(longer.substring(0, 107).getBytes(StandardCharsets.US_ASCII))
                .contains("longer than 107"));
        assertTrue(why("PROXY TCP4 ".concat("1".repeat(200)).getBytes(StandardCharsets.US_ASCII))
                .contains("longer than 107"));
    }

    // ---- version 2

    @Test
    void ipv4_addresses_of_version_2() {
        byte[] bytes = BinaryBytes.inet().make();
        assertEquals(28, whole(bytes).length());
        assertEquals("192.0.2.1:4660 to 198.51.100.2:443", told(bytes).toString());
    }

    @Test
    void ipv6_addresses_of_version_2() {
        byte[] bytes = new BinaryBytes(0x21, 0x21)
                .bytes(0x20, 1)
                .zeroes(13)
                .bytes(7)
                .zeroes(15)
                .bytes(1, 0, 80, 1, 0xbb)
                .make();
        assertEquals("[2001::7]:80 to [::1]:443", told(bytes).toString());
    }

    @Test
    void unix_sockets_of_version_2() {
        byte[] bytes = new BinaryBytes(0x21, 0x31)
                .filled("/run/client", 108)
                .filled("\0hidden", 108)
                .make();
        Proxied told = told(bytes);
        assertEquals(Address.unix("/run/client".getBytes(StandardCharsets.US_ASCII)), told.source());
        assertTrue(told.destination().isAbstract());
        assertEquals(7, told.destination().length());
        byte[] full = new BinaryBytes(0x21, 0x31)
                .filled("x".repeat(108), 108)
                .zeroes(108)
                .make();
        assertEquals(108, told(full).source().length());
        assertEquals(0, told(full).destination().length());
    }

    @ParameterizedTest
    @CsvSource({"0x20, 0x00, 0", "0x20, 0x11, 5", "0x20, 0xff, 3", "0x21, 0x00, 0", "0x21, 0x00, 40", "0x21, 0x12, 12"})
    void what_is_local_or_no_stream_is_valid_and_tells_nothing(String command, String kind, int length) {
        byte[] bytes = new BinaryBytes(Integer.decode(command), Integer.decode(kind))
                .zeroes(length)
                .make();
        Parsed.Whole whole = whole(Arrays.copyOf(bytes, bytes.length + 5));
        assertEquals(16 + length, whole.length());
        assertNull(whole.proxied());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x11", "0x01", "0x31", "0x22", "0x2f", "0x00", "0xf1"})
    void other_versions_and_commands_are_refused(String command) {
        assertTrue(why(new BinaryBytes(Integer.decode(command), 0x11).zeroes(12).make())
                .startsWith("version and command are 0x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x01", "0x02", "0x10", "0x13", "0x1f", "0x20", "0x23", "0x30", "0x33", "0x41", "0xff"})
    void other_families_and_protocols_are_refused(String kind) {
        byte[] bytes = new BinaryBytes(0x21, Integer.decode(kind)).zeroes(216).make();
        assertTrue(why(Arrays.copyOf(bytes, 16)).startsWith("family and protocol are 0x"), "as soon as that is known");
    }

    @ParameterizedTest
    @CsvSource({"0x11, 11", "0x12, 0", "0x21, 35", "0x31, 215"})
    void a_header_too_short_for_its_addresses_is_refused(String kind, int length) {
        byte[] bytes = new BinaryBytes(0x21, Integer.decode(kind)).zeroes(400).make(length);
        assertEquals("it is too short for its addresses", why(Arrays.copyOf(bytes, 16)));
    }

    @Test
    void a_header_of_more_than_4096_bytes_is_refused_before_it_has_come() {
        assertTrue(why(BinaryBytes.inet().make(65_535)).contains("longer than 4096"));
        assertTrue(why(new BinaryBytes(0x20, 0).make(4081)).contains("longer than 4096"));
        assertInstanceOf(Parsed.Incomplete.class, parse(new BinaryBytes(0x20, 0).make(4080)));
        byte[] most = BinaryBytes.inet().tlv(0xea, "v".repeat(4096 - 28 - 3)).make();
        assertEquals(4096, whole(most).length());
        assertEquals(4068, told(most).tlvs().length);
    }

    @Test
    void tlvs_are_found_by_type() {
        Proxied told = told(BinaryBytes.inet()
                .tlv(0x01, "h2")
                .tlv(0x02, "example.com")
                .tlv(0x04, "")
                .tlv(0x01, "second")
                .make());
        assertEquals("h2", tlv(told, 0x01));
        assertEquals("example.com", tlv(told, 0x02));
        assertEquals("", tlv(told, 0x04));
        assertNull(tlv(told, 0x05));
    }

    private static String tlv(Proxied told, int type) {
        BytesSink out = new BytesSink(16, 1024);
        return told.writeTlv(type, out) ? out.toString() : null;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01",
                "0100",
                "010001",
                "01000200",
                "010000ea",
                "01ffff00",
                "20000400000000",
                "200006000000000021",
                "20000901000000002100ff41"
            })
    void a_tlv_that_goes_over_its_bounds_is_refused(String hex) {
        byte[] tlvs = HexFormat.of().parseHex(hex);
        int[] bytes = new int[tlvs.length];
        Arrays.setAll(bytes, i -> tlvs[i] & 0xff);
        assertTrue(why(BinaryBytes.inet().bytes(bytes).make()).contains("cut short"), hex);
    }

    @Test
    void a_checksum_is_checked_if_there_is_one() {
        byte[] right = BinaryBytes.inet().tlv(0x01, "h2").makeWithChecksum();
        assertEquals("h2", tlv(told(right), 0x01));
        for (int i = 16; i < right.length; i++) {
            byte[] wrong = right.clone();
            wrong[i] ^= 0x10;
            // Without its type it is no checksum any more.
            if (i != right.length - 7) {
                assertInstanceOf(Parsed.Broken.class, parse(wrong), "byte " + i);
            }
            if (i <= 28) {
                assertEquals("its checksum is wrong", why(wrong), "byte " + i);
            }
        }
        byte[] two = BinaryBytes.inet().tlv(Tlvs.CRC32C_TYPE, "xxxx").makeWithChecksum();
        assertTrue(why(two).contains("two checksums"));
        assertTrue(why(BinaryBytes.inet().tlv(Tlvs.CRC32C_TYPE, "xxx").make()).contains("none"));
    }

    @Test
    void every_header_is_the_same_in_whatever_pieces_it_comes() {
        for (byte[] header : new byte[][] {
            "PROXY TCP4 192.0.2.1 198.51.100.2 4660 443\r\n".getBytes(StandardCharsets.US_ASCII),
            "PROXY TCP6 2001:db8::1 ::1 1 2\r\n".getBytes(StandardCharsets.US_ASCII),
            "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII),
            BinaryBytes.inet().tlv(0x02, "example.com").makeWithChecksum(),
            new BinaryBytes(0x20, 0).make(),
        }) {
            byte[] followed = Arrays.copyOf(header, header.length + 3);
            for (int i = 0; i < header.length; i++) {
                assertInstanceOf(Parsed.Incomplete.class, Header.parse(followed, i), "after " + i + " bytes");
            }
            for (int i = header.length; i <= followed.length; i++) {
                Parsed.Whole whole = assertInstanceOf(Parsed.Whole.class, Header.parse(followed, i));
                assertEquals(header.length, whole.length());
            }
        }
    }

    @Test
    void the_bytes_of_the_tlvs_are_those_that_came() {
        byte[] header = BinaryBytes.inet().tlv(0x30, "ns").make();
        assertArrayEquals(new byte[] {0x30, 0, 2, 'n', 's'}, told(header).tlvs());
    }
}
