package io.sluice.proxyprotocol;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Connection;
import org.jspecify.annotations.Nullable;

/** Makes headers about clients (ngx_proxy_protocol_write). */
final class NewHeader {
    /** What the longest takes. */
    static final int MAX_BYTES = TextHeader.MAX_BYTES;

    private NewHeader() {}

    /**
     * Puts the header for a client of ours: its address, and which of ours it has connected to. Without addresses if there is no client,
     * or none with an internet address.
     */
    static void put(@Nullable Connection client, HeaderVersion version, Buf to) {
        Address source = client == null ? null : client.remoteAddress();
        Address destination = client == null ? null : client.localAddress();
        put(source, destination, version, to);
    }

    static void put(@Nullable Address source, @Nullable Address destination, HeaderVersion version, Buf to) {
        boolean known =
                source != null && destination != null && source.family() == destination.family() && !source.isUnix();
        switch (version) {
            case OFF -> {}
            case V1 -> text(known ? source : null, known ? destination : null, to);
            case V2 -> binary(known ? source : null, known ? destination : null, to);
        }
    }

    private static void text(@Nullable Address source, @Nullable Address destination, Buf to) {
        to.put(Header.TEXT_START);
        if (source == null || destination == null) {
            to.putAscii("UNKNOWN\r\n");
            return;
        }
        to.putAscii(source.family() == Address.Family.INET ? "TCP4 " : "TCP6 ");
        to.putAscii(source.host());
        to.putAscii(" ");
        to.putAscii(destination.host());
        to.putAscii(" " + source.port() + " " + destination.port() + "\r\n");
    }

    private static void binary(@Nullable Address source, @Nullable Address destination, Buf to) {
        to.put(Header.BINARY_START);
        if (source == null || destination == null) {
            // LOCAL: the connection is our own affair.
            to.put((byte) 0x20);
            to.put((byte) 0);
            uint16(0, to);
            return;
        }
        boolean inet = source.family() == Address.Family.INET;
        to.put((byte) 0x21);
        to.put((byte) (inet ? 0x11 : 0x21));
        uint16(inet ? BinaryHeader.INET : BinaryHeader.INET6, to);
        to.put(source.bytes());
        to.put(destination.bytes());
        uint16(source.port(), to);
        uint16(destination.port(), to);
    }

    private static void uint16(int value, Buf to) {
        to.put((byte) (value >> 8));
        to.put((byte) value);
    }
}
