package io.sluice.event.spi;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.OutgoingOptions;
import org.jspecify.annotations.Nullable;

/**
 * Connects from the local address that is asked for; of a range of ports it tries one after the other, until one is free.
 *
 * <p><b>Thread:</b> the driver's worker.
 *
 * @param <E> the driver's sockets
 */
public abstract class LocalPorts<E extends Endpoint> {
    /** Where in a range the next connect begins, so that not all of them try the first ones again. */
    private int turn;

    protected LocalPorts() {}

    /** See {@link Driver#connect}. */
    public final @Nullable E connect(Address to, OutgoingOptions how, long token) {
        int ports = how.localPorts();
        if (ports == 0) {
            return from(how.local(), to, how, token);
        }
        Address host = how.local() == null ? to.wildcard() : how.local();
        int first = turn;
        for (int tried = 0; tried < ports; tried++) {
            int port = how.localPortFrom() + Math.floorMod(first + tried, ports);
            E endpoint = from(host.withPort(port), to, how, token);
            if (endpoint != null || !isPortTaken()) {
                turn = first + tried + 1;
                return endpoint;
            }
        }
        allTaken();
        return null;
    }

    /** One attempt, from this address or, if it is null, from whichever the system chooses. */
    protected abstract @Nullable E from(@Nullable Address local, Address to, OutgoingOptions how, long token);

    /** Whether the last attempt failed because its port is taken, so that another may do. */
    protected abstract boolean isPortTaken();

    /** Notes down why there is no connection: no port of the range is free. */
    protected abstract void allTaken();
}
