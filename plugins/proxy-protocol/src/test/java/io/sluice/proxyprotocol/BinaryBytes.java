package io.sluice.proxyprotocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Builds headers of version 2 by hand, right and wrong ones. */
final class BinaryBytes {
    private final int command;
    private final int kind;
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();

    BinaryBytes(int command, int kind) {
        this.command = command;
        this.kind = kind;
    }

    /** From 192.0.2.1:4660 to 198.51.100.2:443. */
    static BinaryBytes inet() {
        return new BinaryBytes(0x21, 0x11).bytes(192, 0, 2, 1, 198, 51, 100, 2, 0x12, 0x34, 1, 0xbb);
    }

    BinaryBytes bytes(int... more) {
        for (int b : more) {
            rest.write(b);
        }
        return this;
    }

    BinaryBytes zeroes(int count) {
        rest.writeBytes(new byte[count]);
        return this;
    }

    BinaryBytes filled(String text, int to) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        rest.writeBytes(bytes);
        return zeroes(to - bytes.length);
    }

    BinaryBytes tlv(int type, String value) {
        return bytes(type, value.length() >> 8, value.length() & 0xff).filled(value, value.length());
    }

    byte[] make() {
        return make(rest.size());
    }

    /** With another length than it has. */
    byte[] make(int length) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(Header.BINARY_START);
        all.write(command);
        all.write(kind);
        all.write(length >> 8);
        all.write(length);
        all.writeBytes(rest.toByteArray());
        return all.toByteArray();
    }

    /** With a checksum at the end. */
    byte[] makeWithChecksum() {
        bytes(Tlvs.CRC32C_TYPE, 0, 4, 0, 0, 0, 0);
        byte[] made = make();
        CRC32C sum = new CRC32C();
        sum.update(made);
        for (int i = 0; i < 4; i++) {
            made[made.length - 1 - i] = (byte) (sum.getValue() >> 8 * i);
        }
        return made;
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
