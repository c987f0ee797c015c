package io.sluice.testkit.driver;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Io;
import io.sluice.core.log.IoFault;
import io.sluice.event.spi.SharedEndpoint;
import org.jspecify.annotations.Nullable;

/** The server's end of a client that sends datagrams. Used after its close it is an error, as any socket here. */
final class ScriptedSession extends SharedEndpoint {
    final ScriptedDatagrams client;
    final Address local;
    private final ScriptedDatagramSource source;
    byte @Nullable [] current;
    private IoFault fault = IoFault.NONE;
    private boolean released;

    ScriptedSession(ScriptedDatagramSource source, ScriptedDatagrams client, Address local, Departure whenLeft) {
        super(whenLeft);
        this.source = source;
        this.client = client;
        this.local = local;
        source.listening().hold();
    }

    @Override
    public int read(Buf into) {
        check();
        byte[] datagram = current;
        current = null;
        return datagram == null ? Io.AGAIN : DatagramBytes.read(datagram, into);
    }

    @Override
    public long readv(Chain into, long limit) {
        check();
        byte[] datagram = current;
        current = null;
        return datagram == null ? Io.AGAIN : DatagramBytes.read(datagram, into, limit);
    }

    @Override
    public int write(Buf from) {
        check();
        return send(DatagramBytes.of(from)) ? (int) from.size() : Io.ERROR;
    }

    @Override
    public int sendDatagrams(Chain from, long limit) {
        check();
        return send(DatagramBytes.first(from)) ? 1 : Io.ERROR;
    }

    private boolean send(byte[] datagram) {
        if (client.address() == null) {
            fault = IoFault.NOT_CONNECTED;
            return false;
        }
        if (datagram.length > DatagramBytes.LARGEST) {
            fault = IoFault.MESSAGE_SIZE;
            return false;
        }
        if (client.takesNothing) {
            source.countUnsent();
        } else {
            client.receive(datagram);
        }
        return true;
    }

    @Override
    public IoFault fault() {
        return fault;
    }

    @Override
    public @Nullable Address remoteAddress() {
        Address address = client.address();
        return address == null ? Address.unix(new byte[0]) : address;
    }

    @Override
    public @Nullable Address localAddress() {
        return local;
    }

    @Override
    protected void release() {
        check();
        released = true;
        source.listening().release();
    }

    private void check() {
        if (released) {
            throw new IllegalStateException("the session of " + client + " is closed");
        }
    }
}
