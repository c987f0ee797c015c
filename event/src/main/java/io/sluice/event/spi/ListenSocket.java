package io.sluice.event.spi;

import io.sluice.core.connection.Address;

/** An open listening socket, shared by the workers. <b>Owner:</b> the server, which closes it. */
public interface ListenSocket extends AutoCloseable {
    /** Where it listens, with the port the system chose. */
    Address address();

    @Override
    void close();
}
