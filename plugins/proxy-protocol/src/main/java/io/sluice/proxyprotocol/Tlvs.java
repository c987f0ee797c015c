package io.sluice.proxyprotocol;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The values with type and length at the end of a header of version 2: that each is whole, and that the checksum is right if there is one. */
final class Tlvs {
    static final int CRC32C_TYPE = 0x03;
    static final int SSL_TYPE = 0x20;
    static final int HEAD = 3;

    /** One byte about the client, four about its certificate. */
    private static final int SSL_HEAD = 5;

    private static final int CRC_BYTES = 4;
    private static final byte[] ZEROES = new byte[CRC_BYTES];

    private Tlvs() {}

    /**
     * @param bytes the header from its first byte
     * @param from where the values begin
     * @param to where the header ends
     * @return what is wrong; null for nothing
     */
    static @Nullable String check(byte[] bytes, int from, int to) {
        if (!areWhole(bytes, from, to)) {
            return "a TLV is cut short";
        }
        int checksum = -1;
        for (int at = from; at < to; at += HEAD + BinaryHeader.uint16(bytes, at + 1)) {
            int type = bytes[at] & 0xff;
            int length = BinaryHeader.uint16(bytes, at + 1);
            int value = at + HEAD;
            if (type == SSL_TYPE && (length < SSL_HEAD || !areWhole(bytes, value + SSL_HEAD, value + length))) {
                return "what is inside of its TLV SSL is cut short";
            }
            if (type == CRC32C_TYPE) {
                if (length != CRC_BYTES || checksum >= 0) {
                    return "it has two checksums, or one that is none";
                }
                checksum = value;
            }
        }
        return checksum < 0 || isRight(bytes, checksum, to) ? null : "its checksum is wrong";
    }

    private static boolean areWhole(byte[] bytes, int from, int to) {
        int at = from;
        while (to - at >= HEAD) {
            at += HEAD + BinaryHeader.uint16(bytes, at + 1);
        }
        return at == to;
    }

    /** Over the whole header, with zeroes in the checksum's own place. */
    private static boolean isRight(byte[] bytes, int at, int to) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, at);
        sum.update(ZEROES, 0, CRC_BYTES);
        sum.update(bytes, at + CRC_BYTES, to - at - CRC_BYTES);
        long told = (long) BinaryHeader.uint16(bytes, at) << 16 | BinaryHeader.uint16(bytes, at + 2);
        return sum.getValue() == told;
    }
}
