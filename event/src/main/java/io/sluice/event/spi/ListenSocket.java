package io.sluice.event.spi;

import io.sluice.core.connection.Address;

/** An open listening socket, shared by the workers. <b>Owner:</b> the server, which closes it. */
public interface ListenSocket extends AutoCloseable {
    /** Where it listens, with the port the system chose. */
    Address address();

    /**
     * One more socket for datagrams at the same address, for another worker: the system gives each client to one of them. Only where
     * {@link io.sluice.core.connection.ListenOptions#reusePort} was asked for.
     *
     * @throws ListenException with the system's reason
     * @throws UnsupportedOperationException if this is a socket for streams
     */
    default ListenSocket sibling() throws ListenException {
        throw new UnsupportedOperationException("streams share a socket, or listen anew");
    }

    @Override
    void close();
}
