package io.sluice.core.connection;

import io.sluice.core.log.ConnectionErrorLevel;
import org.jspecify.annotations.Nullable;

/**
 * The loop's way into consumers. Nothing a consumer throws leaves here: its connection ends, the worker lives on (D9).
 *
 * <p><b>Thread:</b> the worker's. Known to the engine only.
 */
public final class Dispatch {
    private Dispatch() {}

    /** A client connected: its consumer is asked for a session, which is claimed. */
    public static <S> void accepted(Connection c, Claim<S> claim) {
        try {
            S session = claim.consumer().accepted(c);
            if (c.isOpen()) {
                c.claim(claim, session);
            }
        } catch (Throwable failure) {
            c.failed("accepted", failure);
        }
    }

    /** Who has claimed an accepted connection before its consumer is done with it: now it is as if it had just been accepted. */
    public static void passOn(Connection c, Claim<?> to) {
        DataSlot.release(c);
        c.owner().engine().unpost(c.slot().read);
        accepted(c, to);
        readableIfReady(c);
    }

    /** A connection was given to another listening: its claimant hears of it as of a client that connects, and of its bytes in this turn. */
    static void passed(Connection c, Claim<?> to) {
        DataSlot.release(c);
        ConnectionEngine engine = c.owner().engine();
        engine.unpost(c.slot().read);
        engine.unpost(c.slot().write);
        c.errorLevel(ConnectionErrorLevel.ALERT);
        c.log(engine.log());
        accepted(c, to);
        if (c.isOpen() && c.readReady()) {
            // Not now: who passes it on again would come to be inside of all who passed it before.
            c.postRead();
        }
    }

    private static void readableIfReady(Connection c) {
        if (c.isOpen() && c.readReady()) {
            readable(c.slot());
        }
    }

    /** A connection goes from one who has claimed it to the next; what is added to its lines in the log stays. */
    public static <S> void moveOn(Connection c, Claim<S> to, S session) {
        DataSlot.releaseKeepingLog(c);
        c.claim(to, session);
    }

    /** Who has claimed a made connection before its consumer is done with it: the consumer hears how the connect has ended. */
    public static <S> void passOn(Connection c, Claim<S> to, S session, boolean well) {
        moveOn(c, to, session);
        connected(c.slot(), well);
        if (well) {
            // The other side may have spoken first: nothing tells that again.
            readableIfReady(c);
        }
    }

    /** The read event is ready. */
    @SuppressWarnings("unchecked")
    public static void readable(Slot slot) {
        Claim<?> claim = slot.claim;
        if (claim == null) {
            return;
        }
        Connection connection = slot.connection;
        try {
            ((Consumer<Object>) claim.consumer()).readable(slot.session());
        } catch (Throwable failure) {
            failed(connection, "readable", failure);
        }
    }

    /** The write event has become ready. */
    @SuppressWarnings("unchecked")
    public static void writable(Slot slot) {
        Claim<?> claim = slot.claim;
        if (claim == null) {
            return;
        }
        Connection connection = slot.connection;
        try {
            ((Consumer<Object>) claim.consumer()).writable(slot.session());
        } catch (Throwable failure) {
            failed(connection, "writable", failure);
        }
    }

    /** A connect has ended well, or not. */
    @SuppressWarnings("unchecked")
    public static void connected(Slot slot, boolean well) {
        Claim<?> claim = slot.claim;
        if (claim == null) {
            return;
        }
        Connection connection = slot.connection;
        try {
            Consumer<Object> consumer = (Consumer<Object>) claim.consumer();
            if (well) {
                consumer.connected(slot.session());
            } else {
                consumer.connectFailed(slot.session());
            }
        } catch (Throwable failure) {
            failed(connection, "connected", failure);
        }
    }

    private static void failed(@Nullable Connection connection, String where, Throwable failure) {
        if (connection == null) {
            throw new IllegalStateException("a claimed slot without a connection", failure);
        }
        connection.failed(where, failure);
    }
}
