package io.sluice.core.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "80, 0.0.0.0:80",
        "65535, 0.0.0.0:65535",
        "0, 0.0.0.0:0",
        "*:8080, 0.0.0.0:8080",
        "127.0.0.1:80, 127.0.0.1:80",
        "127.0.0.1, 127.0.0.1:80",
        "255.255.255.255:1, 255.255.255.255:1",
        "[::1]:443, [::1]:443",
        "[::], [::]:80",
        "unix:/run/x.sock, unix:/run/x.sock",
        "unix:@name, unix:@name",
        "unix:relative, unix:relative",
    })
    void where_to_listen_is_written_as_in_nginx(String text, String address) {
        assertEquals(address, AddressParser.listening(text).getFirst().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1:8080, 0, 10.0.0.1:8080",
        "10.0.0.1, 80, 10.0.0.1:80",
        "[2001:db8::1], 443, [2001:db8::1]:443",
        "[2001:db8::1]:8443, 443, [2001:db8::1]:8443",
        "unix:/run/x, 0, unix:/run/x",
    })
    void a_peer_has_a_port_of_its_own_or_the_default(String text, int port, String address) {
        assertEquals(address, AddressParser.parse(text, port).getFirst().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1:8080, 10.0.0.1:8080",
        "255.255.255.255:65535, 255.255.255.255:65535",
        "[2001:db8::1]:8443, [2001:db8::1]:8443",
        "[::ffff:10.0.0.1]:80, 10.0.0.1:80",
        "unix:/run/x, unix:/run/x",
    })
    void an_address_is_read_without_asking_anybody(String text, String address) {
        assertEquals(address, AddressParser.literal(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "80",
                "*:80",
                "localhost:80",
                "10.0.0.1",
                "10.0.0.1:",
                "10.0.0.1:x",
                "10.0.0.1:65536",
                "10.0.0.1:-1",
                "10.0.0.1:+80",
                "10.0.0.256:80",
                "10.0.0.1.1:80",
                "10.1:80",
                "1.2.3.:80",
                "a.b.c.d:80",
                "1..2.3:80",
                "10.0.0.1:80:80",
                "::1:80",
                "[::1]",
                "[::1]:",
                "[::1",
                "[]:80",
                "[10.0.0.1]:80",
                "[::1]x:80",
                "[g::1]:80",
                "unix:",
                "0x7f.0.0.1:80",
                " 10.0.0.1:80",
                "10.0.0.1 :80",
                "010.0.0.1:80x"
            })
    void a_name_or_half_an_address_is_none(String text) {
        assertThrows(IllegalArgumentException.class, () -> AddressParser.literal(text));
    }

    @Test
    void a_host_name_has_all_its_addresses() {
        List<Address> found = AddressParser.parse("localhost:81", 0);
        assertTrue(found.contains(Address.inet(new byte[] {127, 0, 0, 1}, 81)), found.toString());
        assertTrue(found.stream().allMatch(address -> address.port() == 81));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "*:",
                "*:x",
                "*:65536",
                "127.0.0.1:",
                "127.0.0.1:65536",
                "127.0.0.1:-1",
                "127.0.0.1:+1",
                "127.0.0.1: 80",
                "127.0.0.1:80x",
                "127.0.0.1:000080",
                "[::1",
                "[::1]80",
                "[::1]:99999",
                "[]:80",
                "::1",
                "::1:80",
                "unix:",
                "no-such-host.invalid:80"
            })
    void what_is_no_address_is_refused_with_its_text(String text) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> AddressParser.listening(text));
        assertTrue(
                refused.getMessage().contains(text.isEmpty() ? "\"\"" : text.replace("unix:", "unix")),
                refused.getMessage());
    }

    @Test
    void a_peer_without_a_port_is_refused_where_there_is_no_default() {
        assertThrows(IllegalArgumentException.class, () -> AddressParser.parse("10.0.0.1", 0));
    }

    @Test
    void the_path_of_a_unix_socket_fits_into_the_system_s_address() {
        assertEquals(
                107,
                AddressParser.listening("unix:" + "x".repeat(107)).getFirst().length());
        assertThrows(IllegalArgumentException.class, () -> AddressParser.listening("unix:" + "x".repeat(108)));
        assertThrows(IllegalArgumentException.class, () -> AddressParser.listening("unix:" + "ä".repeat(54)));
    }

    @Test
    void an_abstract_name_begins_with_a_zero_byte() {
        Address address = AddressParser.listening("unix:@name").getFirst();
        assertEquals(0, address.byteAt(0));
        assertEquals(5, address.length());
        assertEquals(Address.unix("\0name".getBytes(StandardCharsets.UTF_8)), address);
    }

    /** RFC 5952, section 4. */
    @ParameterizedTest
    @CsvSource({
        "20010db8000000000000000000000001, 2001:db8::1",
        "00000000000000000000000000000000, ::",
        "00000000000000000000000000000001, ::1",
        "00010000000000000000000000000000, 1::",
        "2001000000000001000000000000000a, 2001:0:0:1::a", // the longer run
        "20010db8000000010000000100000001, 2001:db8:0:1:0:1:0:1", // one group is not shortened
        "00010000000000020000000000030004, 1::2:0:0:3:4", // of two as long the first
        "0000000000000000000000000000ffff, ::ffff",
        "00000000000000000000ffff0a000001, ::ffff:10.0.0.1",
        "00000000000000000000ffff00000000, ::ffff:0.0.0.0",
        "00000000000000000001ffff0a000001, ::1:ffff:a00:1",
        "abcdef0000000000000000000000abcd, abcd:ef00::abcd",
    })
    void an_ipv6_address_is_written_in_its_shortest_form(String hex, String text) {
        byte[] bytes = new byte[16];
        for (int i = 0; i < 16; i++) {
            bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        Address address = Address.inet(bytes, 80);
        assertEquals(text, address.host());
        assertEquals("[" + text + "]:80", address.toString());
    }

    @Test
    void an_address_is_a_value() {
        Address address = Address.inet(new byte[] {10, 0, 0, 1}, 80);
        assertEquals(Address.inet(new byte[] {10, 0, 0, 1}, 80), address);
        assertEquals(Address.inet(new byte[] {10, 0, 0, 1}, 80).hashCode(), address.hashCode());
        assertNotEquals(address.withPort(81), address);
        assertNotEquals(Address.inet(new byte[] {10, 0, 0, 2}, 80), address);
        assertNotEquals(Address.inet(new byte[16], 80, 1), Address.inet(new byte[16], 80, 2));
        assertEquals(81, address.withPort(81).port());
        address.bytes()[0] = 99;
        assertEquals("10.0.0.1", address.host());
        Address unix = Address.unix(new byte[] {'/', 'x'});
        assertSame(unix, unix.withPort(80));
    }

    @Test
    void a_wildcard_means_every_address() {
        assertTrue(Address.inet(new byte[4], 80).isWildcard());
        assertTrue(Address.inet(new byte[16], 80).isWildcard());
        assertFalse(Address.inet(new byte[] {0, 0, 0, 1}, 80).isWildcard());
        assertFalse(Address.unix(new byte[] {0}).isWildcard());
    }

    @Test
    void what_cannot_be_an_address_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> Address.inet(new byte[5], 80));
        assertThrows(IllegalArgumentException.class, () -> Address.inet(new byte[4], 65_536));
        assertThrows(IllegalArgumentException.class, () -> Address.inet(new byte[4], -1));
    }

    @Test
    void the_zone_of_a_link_local_address_is_kept_and_told() {
        Address address = AddressParser.listening("[fe80::1%3]:80").getFirst();
        assertEquals(3, address.scope());
        assertEquals("[fe80::1%3]:80", address.toString());
        assertEquals("fe80::1", address.host(), "as nginx's addr_text");
        assertNotEquals(AddressParser.listening("[fe80::1%2]:80").getFirst(), address);
        IllegalArgumentException unknown =
                assertThrows(IllegalArgumentException.class, () -> AddressParser.listening("[fe80::1%nosuchzone]:80"));
        assertEquals("no zone of this machine in \"[fe80::1%nosuchzone]:80\"", unknown.getMessage());
    }
}
