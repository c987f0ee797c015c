package io.sluice.testkit.origin;

import io.sluice.testkit.wire.Deadline;
import io.sluice.testkit.wire.EndedException;
import io.sluice.testkit.wire.Ending;
import io.sluice.testkit.wire.Message;
import io.sluice.testkit.wire.MessageReader;
import io.sluice.testkit.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One accepted connection, for the script that runs on it. Waits have no deadline of their own: the test's client has one,
 * and the origin's close interrupts what is left. <b>Thread:</b> the script's.
 */
public final class Session {

    private static final int BIG_BODY_PIECE_BYTES = 64 * 1024;

    private final Wire wire;
    private final Recorded recorded;

    Session(Wire wire, Recorded recorded) {
        this.wire = wire;
        this.recorded = recorded;
    }

    /** 0 for the first connection the origin accepted. */
    public int number() {
        return recorded.number();
    }

    /** A request with its body, or null if the peer closed in order and sent no further one. */
    public @Nullable Message nextRequest() throws IOException {
        if (!wire.awaitBytes(Deadline.never())) {
            recorded.ended(Ending.CLOSED);
            return null;
        }
        return readRequest();
    }

    /** A request with its body; an {@link EndedException} if there is none. */
    public Message readRequest() throws IOException {
        Message request = MessageReader.request(wire, Deadline.never());
        recorded.requestSeen();
        return request;
    }

    /** The head of a request only. Its body is to be read by {@link #readBody} or not at all. */
    public Message readHead() throws IOException {
        Message request = MessageReader.requestHead(wire, Deadline.never());
        recorded.requestSeen();
        return request;
    }

    /** Exactly so many bytes. */
    public byte[] readBody(int bytes) throws IOException {
        return wire.read(bytes, Deadline.never());
    }

    /** At least one byte and at most so many; empty when the peer closed in order. */
    public byte[] readSome(int atMost) throws IOException {
        return wire.readSome(atMost, Deadline.never());
    }

    /** Up to and with the delimiter; for protocols that are not HTTP. */
    public String readUntil(String delimiter) throws IOException {
        return new String(wire.readUntil(delimiter, 1 << 20, Deadline.never()), StandardCharsets.ISO_8859_1);
    }

    public void send(String bytes) throws IOException {
        send(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
        wire.write(bytes, Deadline.never());
    }

    /** Each piece with a system call of its own. */
    public void sendInPieces(String bytes, int pieceBytes) throws IOException {
        for (int from = 0; from < bytes.length(); from += pieceBytes) {
            send(bytes.substring(from, Math.min(bytes.length(), from + pieceBytes)));
        }
    }

    /** Streams a {@link BigBody}; {@link Recorded#sentBytes} tells how far it came. */
    public void sendBigBody(long bytes) throws IOException {
        for (long at = 0; at < bytes; at += BIG_BODY_PIECE_BYTES) {
            send(BigBody.bytes(at, (int) Math.min(BIG_BODY_PIECE_BYTES, bytes - at)));
        }
    }

    /** Sends a FIN; reading goes on. */
    public void shutdownOutput() throws IOException {
        wire.shutdownOutput();
    }

    /** Closes with a RST. */
    public void reset() {
        wire.reset();
    }

    /** Closes. Bytes of the peer that were not read turn the FIN into a RST, as the kernel does it. */
    public void close() {
        wire.close();
    }

    /** Reads, and records, until the peer closed or reset. */
    public Ending awaitClose() throws IOException {
        Ending ending = wire.awaitEnding(Deadline.never());
        recorded.ended(ending);
        return ending;
    }

    /** Does nothing until the origin is closed. */
    public void hold() throws InterruptedException {
        new Semaphore(0).acquire();
    }

    /** The wire below, for what has no method here. */
    public Wire wire() {
        return wire;
    }
}
