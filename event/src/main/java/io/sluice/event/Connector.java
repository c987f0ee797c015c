package io.sluice.event;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Claim;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.ConnectionPool;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.connection.Slot;
import io.sluice.core.log.ConnectionErrorLevel;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.log.IoFault;
import io.sluice.core.log.LogContext;
import io.sluice.core.log.LogLevel;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections to others, from the same slots as those that are accepted (ngx_event_connect_peer). The consumer that claims one
 * hears {@code connected}, {@code connectFailed} or {@code timedOut}.
 *
 * <p><b>Thread:</b> the worker's. A plugin gets it by {@code context.service(Connector.class)}.
 */
public final class Connector {
    /** Why there is no connection. */
    public enum Failure {
        /** Every slot is used, or the system has no descriptor: our own want, not the peer's fault. */
        NO_RESOURCE,
        /** The local address could not be used. */
        LOCAL_ADDRESS,
        /** The system knew at once that the other side cannot be reached. */
        REFUSED
    }

    private final Worker worker;
    private Failure failure = Failure.REFUSED;

    Connector(Worker worker) {
        this.worker = worker;
    }

    /**
     * Begins to connect. May close reusable connections to get a slot, so handlers of others may run inside. A connection for datagrams
     * goes the same way, though nothing is sent: its consumer hears {@code connected} in the next turn, and of a peer that is not there
     * by an error of a later operation.
     *
     * @param how the socket is made
     * @param timeoutMillis until the consumer's timedOut, for the direction WRITE
     * @param about whose log line a failure is
     * @return the connection, claimed; or null, and {@link #failure} tells why
     */
    public <S> @Nullable Connection connect(
            Address to, OutgoingOptions how, Claim<S> claim, S session, long timeoutMillis, LogContext about) {
        ConnectionPool pool = worker.pool();
        Slot slot = pool.take();
        if (slot == null) {
            failure = Failure.NO_RESOURCE;
            return null;
        }
        Endpoint endpoint = worker.driver().connect(to, how, slot.token());
        if (endpoint == null) {
            pool.giveBack(slot);
            failed(to, how, worker.driver().fault(), about);
            return null;
        }
        slot.endpoint(endpoint);
        slot.connecting(true);
        slot.write().ready(false);
        Connection connection = pool.open(slot, null, to);
        connection.errorLevel(ConnectionErrorLevel.ERR);
        connection.logContext(about);
        connection.claim(claim, session);
        connection.writeTimeout(timeoutMillis);
        return connection;
    }

    /** Why the last {@link #connect} answered null. */
    public Failure failure() {
        return failure;
    }

    private void failed(Address to, OutgoingOptions how, IoFault fault, LogContext about) {
        failure = switch (fault) {
            case NO_DESCRIPTORS, NO_BUFFERS -> Failure.NO_RESOURCE;
            // Without a local address of ours these are about the peer's.
            case ADDRESS_IN_USE, ADDRESS_NOT_AVAILABLE, ACCESS ->
                how.bindsLocal() ? Failure.LOCAL_ADDRESS : Failure.REFUSED;
            case NONE,
                    CONNECTION_RESET,
                    CONNECTION_ABORTED,
                    BROKEN_PIPE,
                    NOT_CONNECTED,
                    TIMED_OUT,
                    REFUSED,
                    NET_DOWN,
                    NET_UNREACHABLE,
                    HOST_DOWN,
                    HOST_UNREACHABLE,
                    INVALID,
                    MESSAGE_SIZE,
                    NO_SUCH_FILE,
                    TOO_MANY_LINKS,
                    OTHER -> Failure.REFUSED;
        };
        LogLevel level = failure == Failure.REFUSED ? LogLevel.ERR : LogLevel.CRIT;
        ErrorLog log = worker.log();
        if (log.isEnabled(level)) {
            log.at(level, about)
                    .text("connect() to ")
                    .text(to.toString())
                    .text(" failed")
                    .fault(fault)
                    .write();
        }
    }
}
