package io.sluice.testkit.driver;

import io.sluice.core.connection.Address;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The other side of datagrams, as the test handles it: a client of the server's, or a peer that the server has connected to. Each string is
 * one datagram, of one byte for each char (ISO 8859-1). The server notices when it turns.
 *
 * <p><b>Thread:</b> the test's.
 */
public final class ScriptedDatagrams {
    /** A datagram on its way to the server, with the one of its addresses that it is for. */
    record Sent(ScriptedDatagrams by, Address to, byte[] bytes, boolean truncated) {}

    private final @Nullable Address address;
    private final ArrayDeque<Sent> queue;
    private Address server;
    private final List<String> received = new ArrayList<>();
    private int asked;
    boolean gone;
    boolean takesNothing;
    boolean closed;

    /** @param queue where what it sends waits for the server */
    ScriptedDatagrams(@Nullable Address address, Address server, ArrayDeque<Sent> queue) {
        this.address = address;
        this.server = server;
        this.queue = queue;
    }

    /** A datagram comes, which may be empty. */
    public ScriptedDatagrams sends(String bytes) {
        return sends(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    public ScriptedDatagrams sends(byte[] bytes) {
        queue.add(new Sent(this, server, bytes.clone(), false));
        return this;
    }

    /** A datagram comes that is longer than the server can receive. */
    public ScriptedDatagrams sendsTooMuch() {
        queue.add(new Sent(this, server, new byte[1], true));
        return this;
    }

    /** From now on it sends to another address of the server's, as a client of a wildcard may. */
    public ScriptedDatagrams to(Address ofServer) {
        server = ofServer;
        return this;
    }

    /** From now on there is nobody: a server that has connected here is told so after it has sent. */
    public ScriptedDatagrams leaves() {
        gone = true;
        return this;
    }

    /** While on, the server's system has no room for what is sent to here: a client misses it, and who has connected must wait. */
    public ScriptedDatagrams takesNothing(boolean on) {
        takesNothing = on;
        return this;
    }

    /** What the server has sent here, a string for each datagram. */
    public List<String> received() {
        return List.copyOf(received);
    }

    /** What it has sent since this was asked last. */
    public List<String> newlyReceived() {
        List<String> fresh = List.copyOf(received.subList(asked, received.size()));
        asked = received.size();
        return fresh;
    }

    /** Datagrams on their way to the server. */
    public int unread() {
        return (int) queue.stream().filter(sent -> sent.by() == this).count();
    }

    /** Whether the server has closed the socket that it had connected to here. */
    public boolean isClosed() {
        return closed;
    }

    /** Where it is; null for a client without a name. */
    public @Nullable Address address() {
        return address;
    }

    void receive(byte[] datagram) {
        received.add(new String(datagram, StandardCharsets.ISO_8859_1));
    }

    @Override
    public String toString() {
        return "datagrams of " + address;
    }
}
