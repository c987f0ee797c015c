package io.sluice.event.spi;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.file.FileOpener;
import io.sluice.core.log.IoFault;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the sockets of one worker and opens new ones.
 *
 * <p><b>Thread:</b> the worker's, but for {@link #wakeup}.
 */
public interface Driver extends AutoCloseable {
    /**
     * Waits until a socket is ready, somebody calls {@link #wakeup}, or the time is over.
     *
     * @param nanos how long at most, rounded up to what the system can wait; 0 does not wait, negative waits for ever
     * @return how many results {@link #token} and {@link #readiness} now hold; 0 after a wake-up or the time, and now and then for nothing
     */
    int poll(long nanos);

    /** The token of a result, as it was given when the socket was attached. May be of a socket closed since the poll. */
    long token(int result);

    /** {@link Readiness} bits of a result. */
    int readiness(int result);

    /** Ends a poll that waits, or the next one. Any thread. */
    void wakeup();

    /** Watches a listening socket under a token. */
    AcceptSource watch(ListenSocket socket, long token);

    /**
     * Watches a listening socket for datagrams under a token. A socket has one worker only.
     *
     * @param most datagrams that one receive takes
     * @param seed what the hashes of clients are made with, so that nobody can choose addresses of one hash
     */
    DatagramSource datagrams(ListenSocket socket, long token, int most, long seed);

    /**
     * Begins to connect. The socket is attached under the token and reported as writable when the connect has ended, whichever way;
     * {@link Endpoint#connectResult} tells how.
     *
     * @param how with a range of local ports, as many of them are tried as it takes
     * @return the socket, now the caller's; or null, and {@link #fault} tells why
     */
    @Nullable
    Endpoint connect(Address to, OutgoingOptions how, long token);

    /**
     * Takes over a socket that another driver of the same kind accepted, or let go by {@link Endpoint#detach}: {@link Endpoint#attach}
     * then makes its readiness known here, and its operations use this driver's memory. Allowed on a socket that is this driver's
     * already; not on one that is attached.
     *
     * <p><b>Thread:</b> this driver's worker, after the former one has let go; handing the socket over is what orders the two.
     *
     * @throws IllegalArgumentException if the socket is of another kind of driver
     * @throws IllegalStateException if it is still attached
     */
    void adopt(Endpoint endpoint);

    /** Why the last {@link #connect} answered null. */
    IoFault fault();

    /** Opens files that this driver's sockets can send from. */
    FileOpener files();

    /** Closes what waits; sockets that are still attached are their owners' to close. */
    @Override
    void close();
}
