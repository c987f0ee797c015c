package io.sluice.core.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** For a fuzzer: an address is refused in words, or is the same when it is written and read again. */
final class AddressFuzz {
    private AddressFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        Address literal = null;
        try {
            literal = AddressParser.literal(text);
            assertEquals(literal, AddressParser.literal(literal.toString()));
        } catch (IllegalArgumentException refused) {
            assertTrue(refused.getMessage() != null && !refused.getMessage().isEmpty());
            assertEquals(null, literal, "what we write we read");
        }
        // Names would be asked for.
        if (literal != null || text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            listening(text, literal);
        }
        written(data);
    }

    private static void listening(String text, Address literal) {
        List<Address> found;
        try {
            found = AddressParser.listening(text);
        } catch (IllegalArgumentException refused) {
            assertEquals(null, literal, refused.getMessage());
            return;
        }
        assertEquals(1, found.size());
        if (literal != null) {
            assertEquals(literal, found.getFirst());
        }
    }

    /** Any address that a system may tell us of. */
    private static void written(byte[] data) {
        if (data.length >= 18) {
            byte[] inet6 = Arrays.copyOf(data, 16);
            Address address = Address.inet(inet6, (data[16] & 255) << 8 | data[17] & 255);
            assertEquals(javas(inet6), javas(address.host()));
        }
        if (data.length >= 6) {
            Address address = Address.inet(Arrays.copyOf(data, 4), (data[4] & 255) << 8 | data[5] & 255);
            if (address.port() > 0) {
                assertEquals(address, AddressParser.literal(address.toString()));
            }
        }
    }

    private static String javas(byte[] inet6) {
        try {
            return Inet6Address.getByAddress("", inet6, -1).getHostAddress();
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String javas(String host) {
        InetAddress read = InetAddress.ofLiteral(host);
        byte[] bytes = read.getAddress();
        if (bytes.length == 4) {
            byte[] mapped = new byte[16];
            mapped[10] = -1;
            mapped[11] = -1;
            System.arraycopy(bytes, 0, mapped, 12, 4);
            return javas(mapped);
        }
        return javas(bytes);
    }
}
