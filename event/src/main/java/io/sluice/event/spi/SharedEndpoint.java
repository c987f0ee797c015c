package io.sluice.event.spi;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.SocketOption;
import io.sluice.core.connection.SocketType;
import io.sluice.core.log.IoFault;
import org.jspecify.annotations.Nullable;

/**
 * One client of a listening socket for datagrams, which all its clients share: there is nothing here to be watched, to be connected or to
 * be set. It reads what its {@link DatagramSource} has delivered, and can always be written to: what the system has no room for is lost, as
 * datagrams may be.
 */
public abstract class SharedEndpoint extends Endpoint {
    /** Told when a session is no longer to be found by its client's address. */
    public interface Departure {
        void left();
    }

    private @Nullable Departure departure;

    /** @param whenLeft told once */
    protected SharedEndpoint(Departure whenLeft) {
        departure = whenLeft;
    }

    @Override
    public final SocketType socketType() {
        return SocketType.DATAGRAM;
    }

    @Override
    public final void endDatagrams() {
        Departure told = departure;
        if (told != null) {
            departure = null;
            told.left();
        }
    }

    @Override
    public final void close() {
        endDatagrams();
        release();
    }

    /** Gives back what {@link DatagramSource#open} has taken. Called once. */
    protected abstract void release();

    @Override
    public final IoFault connectResult() {
        return IoFault.NONE;
    }

    @Override
    public final void attach(long token, boolean write) {}

    @Override
    public final boolean attached() {
        return true;
    }

    @Override
    public final void detach() {
        throw new UnsupportedOperationException("a session stays with the worker of its socket");
    }

    @Override
    public final void awaitRead() {}

    @Override
    public final void awaitWrite() {}

    @Override
    public final void shutdownOutput() {}

    @Override
    public final void resetOnClose() {}

    /** An option would be everybody's. */
    @Override
    public final boolean option(SocketOption option, int value) {
        return false;
    }

    @Override
    public final long writev(Chain from, long limit) {
        throw new UnsupportedOperationException("datagrams are sent by sendDatagrams");
    }

    @Override
    public final long sendFile(Buf from, long limit) {
        throw new UnsupportedOperationException("a part of a file cannot be sent in a datagram");
    }
}
