package io.sluice.upstream;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.Io;
import io.sluice.core.connection.SocketOption;
import io.sluice.core.log.IoFault;

/** A socket whose reads answer what a test says: AGAIN, END, ERROR, or one byte. */
final class FakeEndpoint extends Endpoint {
    int next = Io.AGAIN;
    boolean closed;

    @Override
    public int read(Buf into) {
        if (next > 0) {
            into.put((byte) 'x');
        }
        return next;
    }

    @Override
    public long readv(Chain into, long limit) {
        return next;
    }

    @Override
    public int write(Buf from) {
        return Io.AGAIN;
    }

    @Override
    public long writev(Chain from, long limit) {
        return Io.AGAIN;
    }

    @Override
    public long sendFile(Buf from, long limit) {
        return Io.AGAIN;
    }

    @Override
    public IoFault fault() {
        return IoFault.CONNECTION_RESET;
    }

    @Override
    public IoFault connectResult() {
        return IoFault.NONE;
    }

    @Override
    public void attach(long token, boolean write) {}

    @Override
    public boolean attached() {
        return true;
    }

    @Override
    public void detach() {}

    @Override
    public void awaitRead() {}

    @Override
    public void awaitWrite() {}

    @Override
    public void shutdownOutput() {}

    @Override
    public void resetOnClose() {}

    @Override
    public boolean option(SocketOption option, int value) {
        return true;
    }

    @Override
    public Address remoteAddress() {
        return null;
    }

    @Override
    public Address localAddress() {
        return null;
    }

    @Override
    public void close() {
        closed = true;
    }
}
