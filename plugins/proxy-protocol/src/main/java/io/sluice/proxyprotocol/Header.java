package io.sluice.proxyprotocol;

import java.nio.charset.StandardCharsets;

/**
 * Tells the two versions of the header apart by their first bytes (The PROXY protocol, versions 1 and 2, section 2; ngx_proxy_protocol.c).
 */
final class Header {
    /** What the two versions take at most; for the second it is nginx's NGX_PROXY_PROTOCOL_MAX_HEADER, the format itself allows 65,551. */
    static final int MAX_BYTES = 4096;

    static final byte[] TEXT_START = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    static final byte[] BINARY_START = {0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a};

    private Header() {}

    /**
     * @param bytes those received so far from the beginning of the connection
     * @param length how many of them there are
     */
    static Parsed parse(byte[] bytes, int length) {
        if (begins(bytes, length, BINARY_START)) {
            return length < BINARY_START.length ? Parsed.INCOMPLETE : BinaryHeader.parse(bytes, length);
        }
        if (begins(bytes, length, TEXT_START)) {
            return length < TEXT_START.length ? Parsed.INCOMPLETE : TextHeader.parse(bytes, length);
        }
        return new Parsed.Broken("there is none");
    }

    private static boolean begins(byte[] bytes, int length, byte[] start) {
        for (int i = 0; i < start.length && i < length; i++) {
            if (bytes[i] != start[i]) {
                return false;
            }
        }
        return true;
    }
}
