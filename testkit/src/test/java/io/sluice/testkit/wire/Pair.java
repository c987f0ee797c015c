package io.sluice.testkit.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Two ends of one connection. */
record Pair(Wire near, Wire far) implements AutoCloseable {

    static Pair open(Tap farTap) throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel near = SocketChannel.open(listener.getLocalAddress());
            return new Pair(new Wire(near, Tap.NONE), new Wire(listener.accept(), farTap));
        }
    }

    static Pair open() throws IOException {
        return open(Tap.NONE);
    }

    static Deadline soon() {
        return Deadline.in(Deadline.USUAL);
    }

    void nearSends(String bytes) throws IOException {
        near.write(bytes.getBytes(StandardCharsets.ISO_8859_1), soon());
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        near.close();
        far.close();
    }
}
