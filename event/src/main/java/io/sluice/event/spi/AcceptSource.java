package io.sluice.event.spi;

import io.sluice.core.connection.Endpoint;
import io.sluice.core.log.IoFault;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket as one worker watches it. Reported as readable under its token, again and again while connections are queued.
 *
 * <p><b>Thread:</b> the worker's.
 */
public interface AcceptSource extends AutoCloseable {
    /**
     * Takes one connection from the system's queue; it is not attached to a loop yet.
     *
     * @return its socket, now the caller's; or null, and {@link #fault} tells why
     */
    @Nullable
    Endpoint accept();

    /** After a null: {@link IoFault#NONE} if the queue was empty, else what went wrong. */
    IoFault fault();

    /** Stops reporting; connections stay queued in the system. */
    void pause();

    /** Goes on reporting. @return false if the system refuses to watch the socket now */
    boolean resume();

    /** False after a pause, and if the system refused to watch the socket. */
    boolean isWatched();

    /** Stops watching. The listening socket stays open. */
    @Override
    void close();
}
