package io.sluice.stream.hello;

import io.sluice.core.buffer.Buf;

/**
 * Finds the ClientHello in the first bytes of a client: in one record of TLS or in several (RFC 8446, 5.1), or in the form of SSL 2, which tells
 * nothing but a version.
 *
 * <p><b>Thread:</b> one.
 */
final class HelloReader {
    private static final int HEAD = 5;
    private static final int HANDSHAKE = 22;
    private static final int MAJOR = 3;
    private static final int MOST_RECORD_BYTES = 1 << 14;

    private final ClientHello hello = new ClientHello();

    /** Of the record at hand. */
    private final byte[] head = new byte[HEAD];

    private int headBytes;
    private int recordLeft;
    private int read;
    private boolean old;

    /** Reads on in what has come so far, all of it, which was read in part before. */
    ClientHello.Reading read(Buf all) {
        ClientHello.Reading reading = ClientHello.Reading.MORE;
        int from = all.pos();
        while (reading == ClientHello.Reading.MORE && read < all.size()) {
            reading = next(all.get(from + read++));
        }
        return reading;
    }

    private ClientHello.Reading next(byte b) {
        if (recordLeft > 0) {
            recordLeft--;
            return hello.next(b);
        }
        head[headBytes++] = b;
        return switch (headBytes) {
            case 1 -> going(b == HANDSHAKE || isOldPossible());
            case 2 -> going(b == MAJOR || isOldPossible());
            case 3 -> going(head[0] == HANDSHAKE || b == 1);
            case 4 -> going(head[0] == HANDSHAKE || b == 0 || b == MAJOR);
            default -> head[0] == HANDSHAKE ? record() : oldHello();
        };
    }

    private static ClientHello.Reading going(boolean on) {
        return on ? ClientHello.Reading.MORE : ClientHello.Reading.WRONG;
    }

    /** A length in two bytes of which the first has its highest bit set; only a connection can begin so. */
    private boolean isOldPossible() {
        return head[0] < 0 && read == headBytes;
    }

    private ClientHello.Reading record() {
        headBytes = 0;
        recordLeft = (head[3] & 0xff) << 8 | head[4] & 0xff;
        return going(recordLeft > 0 && recordLeft <= MOST_RECORD_BYTES);
    }

    private ClientHello.Reading oldHello() {
        old = true;
        return ClientHello.Reading.DONE;
    }

    ClientHello hello() {
        return hello;
    }

    /** As on the wire, see {@link ClientHello#version}. */
    int version() {
        return old ? (head[3] & 0xff) << 8 | head[4] & 0xff : hello.version();
    }
}
