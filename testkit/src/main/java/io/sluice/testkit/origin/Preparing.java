package io.sluice.testkit.origin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** What may be said about an {@link Origin} before it listens. */
public final class Preparing {

    private SocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private int backlog = 512;
    private int receiveBufferBytes;
    private int sendBufferBytes;

    Preparing() {}

    /** Another address of this machine, with a free port. */
    public Preparing at(InetAddress host) {
        address = new InetSocketAddress(host, 0);
        return this;
    }

    /** A unix socket; the file must not exist and is deleted at the end. */
    public Preparing at(Path unixSocket) {
        address = UnixDomainSocketAddress.of(unixSocket);
        return this;
    }

    /** How many connections may wait to be accepted, at least 1; the kernel queues one more than that. */
    public Preparing backlog(int connections) {
        backlog = connections;
        return this;
    }

    /** Small, so that a sender soon feels a script that does not read. */
    public Preparing receiveBuffer(int bytes) {
        receiveBufferBytes = bytes;
        return this;
    }

    /** Small, so that {@link Recorded#sentBytes} soon stops to grow with a peer that does not read. */
    public Preparing sendBuffer(int bytes) {
        sendBufferBytes = bytes;
        return this;
    }

    /** Listens. The first connection gets the first script and so on; the last one serves all further ones. */
    public Origin running(Script... perConnection) {
        Origin origin = idle(perConnection);
        origin.up();
        return origin;
    }

    /** Holds a port and refuses connections until {@link Origin#up}. */
    public Origin refusing(Script... perConnection) {
        return idle(perConnection.length == 0 ? new Script[] {Script.closingAtOnce()} : perConnection);
    }

    /** Listens with a full queue and never accepts: to connect takes until the other side gives up. TCP only. */
    public Origin notAccepting() {
        backlog = 1;
        Origin origin = idle(Script.closingAtOnce());
        origin.listenInVain();
        return origin;
    }

    int backlog() {
        return backlog;
    }

    int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    int sendBufferBytes() {
        return sendBufferBytes;
    }

    private Origin idle(Script... perConnection) {
        try {
            return new Origin(new Port(address), this, List.of(perConnection));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot bind " + address + ": " + failed.getMessage(), failed);
        }
    }
}
