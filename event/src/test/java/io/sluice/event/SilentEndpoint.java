package io.sluice.event;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.Io;
import io.sluice.core.connection.SocketOption;
import io.sluice.core.log.IoFault;

/** A socket on which nothing ever happens. Counts how often it is closed. */
final class SilentEndpoint extends Endpoint {
    private final Address name = Address.inet(new byte[4], 1);
    int closed;

    @Override
    public int read(Buf into) {
        return Io.AGAIN;
    }

    @Override
    public long readv(Chain into, long limit) {
        return Io.AGAIN;
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
        return IoFault.NONE;
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
        return name;
    }

    @Override
    public Address localAddress() {
        return name;
    }

    @Override
    public void close() {
        closed++;
    }
}
