package io.sluice.testkit.driver;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Io;
import io.sluice.core.connection.SocketOption;
import io.sluice.core.connection.SocketType;
import io.sluice.core.log.IoFault;
import io.sluice.event.spi.Readiness;
import java.util.ArrayDeque;

/** The server's end of datagrams to and from a peer it has connected to. */
final class ScriptedDatagramEndpoint extends ScriptedSocket {
    private final ArrayDeque<ScriptedDatagrams.Sent> arriving;
    private final ScriptedDatagrams peer;
    private boolean refused;
    private IoFault fault = IoFault.NONE;

    ScriptedDatagramEndpoint(
            ScriptedDriver driver,
            ScriptedDatagrams peer,
            Address remote,
            Address local,
            ArrayDeque<ScriptedDatagrams.Sent> arriving) {
        super(driver, remote, local);
        this.peer = peer;
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
    public void close() {
        super.close();
        peer.closed = true;
    }
}
