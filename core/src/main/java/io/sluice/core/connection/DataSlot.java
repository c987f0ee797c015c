package io.sluice.core.connection;

import io.sluice.core.buffer.Buf;
import org.jspecify.annotations.Nullable;

/**
 * Who owns the data of a used slot: one consumer, by a typed claim, until it hands the connection on ({@code ngx_connection_t.data}).
 */
final class DataSlot {
    private DataSlot() {}

    static <S> void claim(Connection c, Claim<S> by, S session) {
        Slot s = c.slot();
        Claim<?> former = s.claim;
        if (former != null) {
            throw new ForeignClaimException(by.key().toString(), former.key().toString(), c.number());
        }
        s.claim = by;
        s.data = session;
        by.lease().connectionTaken();
    }

    @SuppressWarnings("unchecked")
    static <S> S data(Connection c, ConsumerKey<S> key) {
        Slot s = c.slot();
        Claim<?> claim = s.claim;
        if (claim == null || claim.key() != key) {
            throw new ForeignClaimException(
                    key.toString(), claim == null ? "nobody" : claim.key().toString(), c.number());
        }
        return (S) s.session();
    }

    static <T> T handOver(Connection c, Claim<T> to, @Nullable Buf unread) {
        release(c);
        T session = to.consumer().handedOver(c, unread);
        if (c.isOpen()) {
            claim(c, to, session);
        }
        return session;
    }

    /** Nobody owns it any more; what the former owner has set for itself is taken off. */
    static void release(Connection c) {
        releaseKeepingLog(c);
        c.logContext(null);
    }

    /** As {@link #release}, but for what is added to the lines of the log. */
    static void releaseKeepingLog(Connection c) {
        Slot s = c.slot();
        Claim<?> former = s.claim;
        if (former != null) {
            former.lease().connectionReturned();
        }
        s.claim = null;
        s.data = null;
        c.clearReadTimeout();
        c.clearWriteTimeout();
        c.reusable(false);
        c.idle(false);
        c.stopResting();
    }
}
