package io.sluice.event.spi;

import io.sluice.core.connection.Endpoint;
import io.sluice.core.log.IoFault;

/**
 * A listening socket for datagrams as its worker watches it. Reported as readable under its token, again and again while datagrams are
 * queued. What one {@link #receive} brought is here until the next, and known by its number from 0 on.
 *
 * <p><b>Thread:</b> the worker's.
 */
public interface DatagramSource extends AutoCloseable {
    /**
     * Takes as many datagrams as are queued, up to the number that it was made for, with one system call where the driver has one for many.
     *
     * @return how many; with 0 {@link #fault} tells why
     */
    int receive();

    /** After a receive that brought nothing: {@link IoFault#NONE} if nothing was queued, else what went wrong. */
    IoFault fault();

    /** Whether a datagram was longer than can be received, so that a part of it is missing. */
    boolean isTruncated(int datagram);

    /** Whether its sender has no name, so that nothing can be sent back and no other datagram is known to be of the same one. */
    boolean isNameless(int datagram);

    /** A number made of its sender, and of the address that it was sent to where that counts; which ones are equal cannot be foreseen. */
    int hash(int datagram);

    /** Whether it is of the client of a session, and was sent to the same of our addresses. */
    boolean isOf(int datagram, SharedEndpoint session);

    /** A session for the sender of a datagram, whose bytes it does not have yet. Holds the socket open until it is closed. */
    SharedEndpoint open(int datagram, SharedEndpoint.Departure whenLeft);

    /** Lets {@link Endpoint#read} of a session find a datagram, once. */
    void deliver(int datagram, SharedEndpoint session);

    /** Lets it find nothing any more: what was not read is lost. */
    void withdraw(SharedEndpoint session);

    /** Datagrams of all sessions so far that the system had no room for when they were sent, and that are lost so. */
    long unsent();

    /** Stops reporting; datagrams stay queued in the system as long as it has room. */
    void pause();

    /** Goes on reporting. @return false if the system refuses to watch the socket now */
    boolean resume();

    /** Stops watching. The socket stays open until it is closed and the last session too. */
    @Override
    void close();
}
