package io.sluice.core.connection;

import org.jspecify.annotations.Nullable;

/** How a connection ends: told to its consumer, then taken apart, in nginx's order ({@code ngx_close_connection}). */
final class ConnectionEnd {
    private ConnectionEnd() {}

    static void close(Connection c, ConnectionPool owner, CloseReason why) {
        Slot s = c.slot();
        Claim<?> claim = s.claim;
        try {
            if (claim != null) {
                tellClosed(c, owner, claim, s, why);
            }
        } finally {
            // Also when something fatal was thrown: the server ends then, and gives everything back.
            giveUp(c, owner, s, claim);
        }
    }

    private static void giveUp(Connection c, ConnectionPool owner, Slot s, @Nullable Claim<?> claim) {
        if (claim != null) {
            claim.lease().connectionReturned();
        }
        Endpoint endpoint = s.endpoint;
        owner.giveBack(s);
        if (endpoint != null) {
            endpoint.close();
        }
        try {
            c.io().closed(c);
        } catch (RuntimeException failure) {
            owner.engine().pluginFailed(c, "the end of the connection's operations", failure);
        }
        try {
            c.endPool();
        } catch (RuntimeException failure) {
            owner.engine().pluginFailed(c, "a cleanup of the connection's pool", failure);
        }
    }

    @SuppressWarnings("unchecked")
    private static <S> void tellClosed(Connection c, ConnectionPool owner, Claim<S> claim, Slot s, CloseReason why) {
        try {
            claim.consumer().closed((S) s.session(), why);
        } catch (Throwable failure) {
            owner.engine().pluginFailed(c, "closed", failure);
        }
    }

    /** A timer has fired: the consumer decides; without one the connection is closed. */
    @SuppressWarnings("unchecked")
    static void timedOut(Connection c, Direction direction) {
        Slot slot = c.slot();
        Claim<?> claim = slot.claim;
        if (claim == null) {
            c.close(CloseReason.TIMED_OUT);
            return;
        }
        try {
            ((Consumer<Object>) claim.consumer()).timedOut(slot.session(), c, direction);
        } catch (Throwable failure) {
            c.failed("timedOut", failure);
        }
    }
}
