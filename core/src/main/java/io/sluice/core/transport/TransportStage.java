package io.sluice.core.transport;

import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;

/**
 * Something between the socket and the consumer of a connection (D13): it reads a header, shakes hands, looks at the first bytes. One
 * instance per worker and cycle, so its fields need no lock. Whatever a method throws ends that connection only.
 *
 * <p>While a connection is with a stage the stage is asked as a consumer would be: it may receive and send, close the connection, put
 * other operations before those it found ({@link Connection#io(io.sluice.core.connection.ConnectionIo)}), wait. It ends its part with
 * {@link Passage#done}; what it has received and is not its own it puts back first ({@link Connection#putBack}). When its time is over
 * the connection is closed.
 *
 * @param <R> its settings at one place of the configuration
 * @param <S> what it keeps per connection
 */
public interface TransportStage<R extends Record, S> {
    /** How long it may take, from begin to done. Both timers of the connection are its own meanwhile, the one for reading is set. */
    long timeoutMillis(R settings);

    /**
     * A connection has come to this stage: accepted and reusable, or made, or from the stage before it. May be done at once; must not
     * receive, {@link #readable} is called when that makes sense.
     */
    S begin(Passage passage, R settings);

    /** As {@link io.sluice.core.connection.Consumer#readable}. */
    void readable(S session);

    /** As {@link io.sluice.core.connection.Consumer#writable}. */
    default void writable(S session) {
        readable(session);
    }

    /** The connection has ended while it was here. */
    default void closed(S session, CloseReason why) {}

    /** The worker leaves the cycle: what the stage itself holds is given back. */
    default void close() {}
}
