package io.sluice.event.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sluice.core.connection.Address;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SockAddrTest {
    private final MemorySegment memory = Arena.ofAuto().allocate(SockAddr.BYTES, 8);

    @Test
    void ipv4_is_family_port_address() {
        Address address = Address.inet(new byte[] {10, 1, (byte) 200, 3}, 0x1F90);
        assertEquals(16, SockAddr.put(address, memory));
        assertBytes("02001f900a01c803" + "00".repeat(8), 16);
        assertEquals(address, SockAddr.get(memory, 16));
    }

    @Test
    void ipv6_has_flow_and_scope_around_its_address() {
        byte[] bytes = HexFormat.of().parseHex("fe80000000000000000000000000abcd");
        Address address = Address.inet(bytes, 443, 2);
        assertEquals(28, SockAddr.put(address, memory));
        assertBytes("0a0001bb00000000" + "fe80000000000000000000000000abcd" + "02000000", 28);
        assertEquals(address, SockAddr.get(memory, 28));
    }

    @Test
    void the_highest_port_is_not_negative() {
        Address address = Address.inet(new byte[4], 65_535);
        SockAddr.put(address, memory);
        assertEquals(65_535, SockAddr.get(memory, 16).port());
    }

    @Test
    void a_path_ends_with_a_zero_byte_which_is_not_part_of_it() {
        Address address = unix("/run/x");
        assertEquals(2 + 6 + 1, SockAddr.put(address, memory));
        assertBytes("0100" + "2f72756e2f78" + "00", 9);
        assertEquals(address, SockAddr.get(memory, 9));
        assertEquals(address, SockAddr.get(memory, 8));
    }

    @Test
    void a_name_that_begins_with_a_zero_byte_keeps_every_byte() {
        Address address = unix("\0a\0b");
        assertEquals(2 + 4, SockAddr.put(address, memory));
        assertEquals(address, SockAddr.get(memory, 6));
    }

    @Test
    void a_path_that_does_not_fit_is_refused() {
        assertEquals(0, SockAddr.put(unix("x".repeat(108)), memory));
        assertEquals(110, SockAddr.put(unix("x".repeat(107)), memory));
        assertEquals(unix("x".repeat(107)), SockAddr.get(memory, 110));
        assertEquals(110, SockAddr.put(unix("\0" + "x".repeat(107)), memory));
        assertEquals(0, SockAddr.put(unix("\0" + "x".repeat(108)), memory));
        assertEquals(0, SockAddr.put(unix(""), memory));
    }

    @Test
    void a_socket_without_a_name_has_an_empty_path() {
        SockAddr.put(unix("/former"), memory);
        assertEquals(unix(""), SockAddr.get(memory, 2));
    }

    @Test
    void nothing_of_a_longer_address_is_left_behind() {
        SockAddr.put(unix("\0" + "\377".repeat(53)), memory);
        SockAddr.put(Address.inet(new byte[] {1, 2, 3, 4}, 80), memory);
        assertBytes("0200005001020304" + "00".repeat(8), 16);
    }

    @Test
    void a_family_that_is_not_known_has_no_address() {
        memory.set(ValueLayout.JAVA_SHORT, 0, (short) 16);
        assertNull(SockAddr.get(memory, 12));
        assertNull(SockAddr.get(memory, 0));
    }

    private static Address unix(String path) {
        return Address.unix(path.getBytes(StandardCharsets.UTF_8));
    }

    private void assertBytes(String hex, int length) {
        byte[] bytes = memory.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        assertArrayEquals(HexFormat.of().parseHex(hex), Arrays.copyOf(bytes, length));
    }
}
