package io.sluice.testkit.origin;

import io.sluice.testkit.wire.Await;
import io.sluice.testkit.wire.Ending;
import io.sluice.testkit.wire.Tap;
import java.io.ByteArrayOutputStream;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/** What an {@link Origin} saw of one connection, while it goes on and after. <b>Thread:</b> any. */
public final class Recorded {

    /** Further bytes are counted and not kept. */
    static final int KEPT_BYTES = 1 << 20;

    private final int number;
    private final SocketAddress peer;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Object lock = new Object();
    private long receivedBytes;
    private long sentBytes;
    private int requests;
    private Ending ending = Ending.OPEN;
    private boolean done;

    Recorded(int number, SocketAddress peer) {
        this.number = number;
        this.peer = peer;
    }

    /** 0 for the first connection. */
    public int number() {
        return number;
    }

    /** The address that connected. */
    public SocketAddress peer() {
        return peer;
    }

    /** The first MiB of what was read, one char for each byte. */
    public String received() {
        synchronized (lock) {
            return kept.toString(StandardCharsets.ISO_8859_1);
        }
    }

    public long receivedBytes() {
        synchronized (lock) {
            return receivedBytes;
        }
    }

    /**
     * How many bytes the kernel took of what the script sent: with a peer that does not read, this stops to grow. A peer
     * may have bytes a moment before they are counted here.
     */
    public long sentBytes() {
        synchronized (lock) {
            return sentBytes;
        }
    }

    /** Requests whose head, or head and body, a script read. */
    public int requests() {
        synchronized (lock) {
            return requests;
        }
    }

    /** How the peer ended it, as far as the script looked; OPEN if the script ended it first. */
    public Ending ending() {
        synchronized (lock) {
            return ending;
        }
    }

    /** Whether the script has ended and the connection is closed. */
    public boolean isDone() {
        synchronized (lock) {
            return done;
        }
    }

    public void awaitRequests(int count) {
        Await.until(count + " requests on connection " + number, () -> requests() >= count);
    }

    /** Waits until the script has read this text. */
    public void awaitReceived(String text) {
        Await.until(
                "connection " + number + " to receive " + text, () -> received().contains(text));
    }

    /**
     * Waits until the script has ended.
     *
     * @return {@link #ending}
     */
    public Ending awaitDone() {
        Await.until("the end of connection " + number, this::isDone);
        return ending();
    }

    Tap tap() {
        return new Tap() {
            @Override
            public void received(byte[] bytes, int offset, int length) {
                synchronized (lock) {
                    kept.write(bytes, offset, Math.min(length, KEPT_BYTES - kept.size()));
                    receivedBytes += length;
                }
            }

            @Override
            public void sent(int length) {
                synchronized (lock) {
                    sentBytes += length;
                }
            }
        };
    }

    void requestSeen() {
        synchronized (lock) {
            requests++;
        }
    }

    void ended(Ending how) {
        synchronized (lock) {
            ending = how;
        }
    }

    void done() {
        synchronized (lock) {
            done = true;
        }
    }

    @Override
    public String toString() {
        return "connection " + number + ", " + requests() + " requests, " + ending();
    }
}
