package io.sluice.stream.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.AddressParser;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** For a fuzzer: a range holds its own first address and just those that a second, slow reading of the prefix leaves. */
final class AddressRangeFuzz {
    private static final String[] OTHERS = {
        "10.0.0.1:1", "10.1.0.0:1", "192.0.2.255:1", "[2001:db8::1]:1", "[::1]:1", "[fe80::a:b]:1"
    };

    private AddressRangeFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        AddressRange range;
        try {
            range = AddressRange.parse(text);
        } catch (IllegalArgumentException refused) {
            assertTrue(String.valueOf(refused.getMessage()).contains(text));
            return;
        }
        if (text.equals("all") || text.equals("unix:")) {
            return;
        }
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        Address first = AddressParser.literal((host.contains(":") ? "[" + host + "]" : host) + ":1");
        int bits = slash < 0 ? first.length() * 8 : Integer.parseInt(text.substring(slash + 1));
        assertTrue(range.contains(first));
        assertFalse(range.contains(null));
        assertFalse(range.contains(Address.unix(new byte[] {'a'})));
        for (String each : OTHERS) {
            Address other = AddressParser.literal(each);
            boolean same =
                    other.length() == first.length() && network(other, bits).equals(network(first, bits));
            assertEquals(same, range.contains(other), each);
        }
        for (int bit = 0; bit < first.length() * 8; bit++) {
            byte[] changed = first.bytes();
            changed[bit / 8] ^= (byte) (0x80 >> bit % 8);
            assertEquals(bit >= bits, range.contains(Address.inet(changed, 1)), "bit " + bit);
        }
    }

    private static BigInteger network(Address address, int bits) {
        return new BigInteger(1, address.bytes()).shiftRight(address.length() * 8 - bits);
    }
}
