package io.sluice.testkit.client;

import io.sluice.testkit.wire.Deadline;
import io.sluice.testkit.wire.Ending;
import io.sluice.testkit.wire.MessageReader;
import io.sluice.testkit.wire.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A client without manners: it sends the bytes it is given, in the pieces it is told, and says exactly what came back and
 * how the connection ended. Strings are one byte for each char (ISO 8859-1).
 *
 * <p>Each call that waits does so for the time given to {@link Connecting#within} at most, and then throws an
 * AssertionError that says what it waited for and what had come. A peer that ends the connection too early is an
 * AssertionError as well. Nothing is read from the kernel that no call asked for, but for up to 16 KB of read-ahead where
 * a head or a line is looked for; a test that is slow to read is therefore one that does not call.
 *
 * <p><b>Thread:</b> one at a time.
 */
public final class RawClient implements AutoCloseable {

    private final Wire wire;
    private final Duration within;

    RawClient(Wire wire, Duration within) {
        this.wire = wire;
        this.within = within;
    }

    /** To a port of 127.0.0.1. */
    public static RawClient connect(int port) {
        return connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** To an {@link InetSocketAddress} or a {@link UnixDomainSocketAddress}. */
    public static RawClient connect(SocketAddress address) {
        return to(address).connect();
    }

    /** For a connection with a local address, a small receive buffer or another time limit. */
    public static Connecting to(SocketAddress address) {
        return new Connecting(address);
    }

    /** {@link Wire#lines}: a text block with CRLF line ends. */
    public static String lines(String textBlock) {
        return Wire.lines(textBlock);
    }

    /** A request with method GET that says no more than it must. */
    public static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    public RawClient send(String bytes) {
        return send(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** {@code send(lines(textBlock))}. */
    public RawClient sendLines(String textBlock) {
        return send(lines(textBlock));
    }

    public RawClient send(byte[] bytes) {
        doing("send", () -> wire.write(bytes, deadline()));
        return this;
    }

    /** Each piece with a system call of its own, and without Nagle's delay. The peer may still see some of them at once. */
    public RawClient sendInPieces(String bytes, int pieceBytes) {
        for (int from = 0; from < bytes.length(); from += pieceBytes) {
            send(bytes.substring(from, Math.min(bytes.length(), from + pieceBytes)));
        }
        return this;
    }

    /**
     * Does not wait.
     *
     * @return how many bytes the kernel took, 0 when the peer does not read and all buffers are full
     */
    public int offer(byte[] bytes) {
        return asking("offer", () -> wire.offer(bytes));
    }

    /** A whole response with its body. An interim one (1xx) is a response of its own. */
    public Response response() {
        return asking("read a response", () -> new Response(MessageReader.response(wire, deadline())));
    }

    /** A response without a body whatever its head says: to HEAD, or to a CONNECT that was granted. */
    public Response responseHead() {
        return asking("read the head of a response", () -> new Response(MessageReader.responseHead(wire, deadline())));
    }

    /** Exactly so many bytes. */
    public byte[] readBytes(int count) {
        return asking("read", () -> wire.read(count, deadline()));
    }

    /** Exactly so many bytes as text. */
    public String read(int count) {
        return text(readBytes(count));
    }

    /** Up to and with the delimiter. */
    public String readUntil(String delimiter) {
        return text(asking("read", () -> wire.readUntil(delimiter, 1 << 20, deadline())));
    }

    /** All that comes until the peer closes in order. */
    public String readToEnd() {
        return text(asking("read to the end", () -> wire.readToEnd(deadline())));
    }

    /** Reads so many bytes and gives them to the sink as they come, so that a big body needs no memory. */
    public void readEach(long count, ByteSink sink) {
        asking("read", () -> {
            for (long left = count; left > 0; ) {
                byte[] some = wire.readSome((int) Math.min(left, 64 * 1024), deadline());
                if (some.length == 0) {
                    throw new IOException("the peer closed with " + left + " of " + count + " bytes still to come");
                }
                sink.take(some, some.length);
                left -= some.length;
            }
            return true;
        });
    }

    /** Waits until at least one byte can be read, and leaves it there. */
    public void awaitBytes() {
        if (!asking("wait for a byte", () -> wire.awaitBytes(deadline()))) {
            throw new AssertionError("waited for a byte, but the peer closed");
        }
    }

    /**
     * Waits for the peer to close in order without another byte.
     *
     * @throws AssertionError if it sends something, resets or does nothing
     */
    public void awaitClosed() {
        String rest = readToEnd();
        if (!rest.isEmpty()) {
            throw new AssertionError("before the close came " + rest.length() + " bytes: " + rest);
        }
    }

    /**
     * Waits for a RST.
     *
     * @throws AssertionError if the peer closes in order instead
     */
    public void awaitReset() {
        Ending ending = awaitEnding();
        if (ending != Ending.RESET) {
            throw new AssertionError("expected a reset, the peer is " + ending);
        }
    }

    /** Drops what comes until the peer closes or resets, whichever it does. */
    public Ending awaitEnding() {
        return asking("wait for the end", () -> wire.awaitEnding(deadline()));
    }

    /** How the peer stands now, without waiting. Bytes that have come stay to be read. */
    public Ending ending() {
        return asking("look", wire::ending);
    }

    /** Whether a FIN has come by now; does not wait. See {@link #awaitClosed}. */
    public boolean isClosedByPeer() {
        return ending() == Ending.CLOSED;
    }

    /** Whether a RST has come by now; does not wait. See {@link #awaitReset}. */
    public boolean isResetByPeer() {
        return ending() == Ending.RESET;
    }

    /** Whether nothing at all has come that was not read; does not wait. */
    public boolean isSilent() {
        return ending() == Ending.OPEN && wire.unreadBytes() == 0;
    }

    /** Sends a FIN; reading goes on. */
    public void shutdownOutput() {
        doing("shut down", wire::shutdownOutput);
    }

    /** Closes with a RST. */
    public void reset() {
        wire.reset();
    }

    /** The local port, as the server sees it. */
    public int localPort() {
        return asking(
                "ask for the address", () -> ((InetSocketAddress) wire.channel().getLocalAddress()).getPort());
    }

    /** The wire below, for what has no method here. */
    public Wire wire() {
        return wire;
    }

    @Override
    public void close() {
        wire.close();
    }

    /** Takes bytes as they come. */
    @FunctionalInterface
    public interface ByteSink {
        void take(byte[] bytes, int length);
    }

    private Deadline deadline() {
        return Deadline.in(within);
    }

    private interface Doing {
        void run() throws IOException;
    }

    private interface Asking<T> {
        T answer() throws IOException;
    }

    private void doing(String what, Doing step) {
        asking(what, () -> {
            step.run();
            return true;
        });
    }

    private <T> T asking(String what, Asking<T> step) {
        try {
            return step.answer();
        } catch (IOException failed) {
            throw new AssertionError("client could not " + what + ": " + failed.getMessage(), failed);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
