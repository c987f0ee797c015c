package io.sluice.testkit.driver;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.Io;
import io.sluice.core.connection.SocketOption;
import io.sluice.core.connection.SocketType;
import io.sluice.core.log.IoFault;
import io.sluice.event.spi.Readiness;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The server's end of datagrams to and from a peer it has connected to. As strict as {@link ScriptedEndpoint}. */
final class ScriptedDatagramEndpoint extends Endpoint implements Told {
    private final ScriptedDriver driver;
    private final Address remote;
    private final Address local;
    private final ArrayDeque<ScriptedDatagrams.Sent> arriving;
    private final ScriptedDatagrams peer;
    private boolean refused;
    private IoFault fault = IoFault.NONE;
    private boolean attached;
    private long token;
    private boolean readArmed;
    private boolean writeArmed;
    private boolean closed;

    ScriptedDatagramEndpoint(
            ScriptedDriver driver,
            ScriptedDatagrams peer,
            Address remote,
            Address local,
            ArrayDeque<ScriptedDatagrams.Sent> arriving) {
        this.driver = driver;
        this.peer = peer;
        this.remote = remote;
        this.local = local;
        this.arriving = arriving;
    }

    @Override
    public SocketType socketType() {
        return SocketType.DATAGRAM;
    }

    // ---- readiness

    @Override
    public int tell() {
        int bits = 0;
        if (readArmed && (refused || !arriving.isEmpty())) {
            bits |= refused ? Readiness.READ | Readiness.ERROR : Readiness.READ;
            readArmed = false;
        }
        if (writeArmed && !peer.takesNothing) {
            bits |= Readiness.WRITE;
            writeArmed = false;
        }
        return bits;
    }

    @Override
    public long token() {
        return token;
    }

    @Override
    public void attach(long withToken, boolean write) {
        check();
        token = withToken;
        readArmed = true;
        writeArmed |= write;
        if (!attached) {
            attached = true;
            driver.attach(this);
        }
    }

    @Override
    public boolean attached() {
        return attached;
    }

    @Override
    public void detach() {
        if (attached) {
            attached = false;
            driver.detach(this);
        }
    }

    @Override
    public void awaitRead() {
        readArmed = true;
    }

    @Override
    public void awaitWrite() {
        writeArmed = true;
    }

    // ---- moving bytes

    @Override
    public int read(Buf into) {
        int stopped = stopped();
        return stopped != 0
                ? stopped
                : DatagramBytes.read(arriving.removeFirst().bytes(), into);
    }

    @Override
    public long readv(Chain into, long limit) {
        int stopped = stopped();
        return stopped != 0
                ? stopped
                : DatagramBytes.read(arriving.removeFirst().bytes(), into, limit);
    }

    private int stopped() {
        check();
        if (toldRefused()) {
            return Io.ERROR;
        }
        return arriving.isEmpty() ? Io.AGAIN : 0;
    }

    /** The system tells it once. */
    private boolean toldRefused() {
        if (refused) {
            refused = false;
            fault = IoFault.REFUSED;
            return true;
        }
        return false;
    }

    @Override
    public int write(Buf from) {
        int n = send(DatagramBytes.of(from));
        return n > 0 ? (int) from.size() : n;
    }

    @Override
    public long writev(Chain from, long limit) {
        throw new UnsupportedOperationException("datagrams are sent by sendDatagrams");
    }

    @Override
    public int sendDatagrams(Chain from, long limit) {
        return send(DatagramBytes.first(from));
    }

    private int send(byte[] datagram) {
        check();
        if (toldRefused()) {
            return Io.ERROR;
        }
        if (datagram.length > DatagramBytes.LARGEST) {
            fault = IoFault.MESSAGE_SIZE;
            return Io.ERROR;
        }
        if (peer.takesNothing) {
            return Io.AGAIN;
        }
        if (peer.gone) {
            refused = true;
        } else {
            peer.receive(datagram);
        }
        return 1;
    }

    @Override
    public long sendFile(Buf from, long limit) {
        throw new UnsupportedOperationException("a part of a file cannot be sent in a datagram");
    }

    @Override
    public IoFault fault() {
        return fault;
    }

    @Override
    public IoFault connectResult() {
        return IoFault.NONE;
    }

    // ---- the socket

    @Override
    public void shutdownOutput() {
        check();
    }

    @Override
    public void resetOnClose() {
        check();
    }

    @Override
    public boolean option(SocketOption option, int value) {
        check();
        return true;
    }

    @Override
    public Address remoteAddress() {
        return remote;
    }

    @Override
    public @Nullable Address localAddress() {
        return local;
    }

    @Override
    public void close() {
        check();
        detach();
        closed = true;
        peer.closed = true;
    }

    private void check() {
        if (closed) {
            throw new IllegalStateException(
                    "the socket to " + remote + " is closed: with a real driver this would touch another one");
        }
    }
}
