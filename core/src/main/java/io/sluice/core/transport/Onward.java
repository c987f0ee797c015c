package io.sluice.core.transport;

import io.sluice.core.connection.Claim;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Direction;
import io.sluice.core.connection.Dispatch;
import io.sluice.core.log.ConnectionErrorLevel;

/** Who comes behind the last stage, and what it hears while a connection is with the stages. */
sealed interface Onward {
    /** The last stage is done. */
    void arrive(Passage passage);

    /** A connect has failed. */
    void connectFailed(Passage passage);

    /** The time of a connect or of a stage is over. */
    void timedOut(Connection c, Direction direction);

    void closeRequested(Connection c, CloseReason why);

    void closed(CloseReason why);

    /** An accepted connection: its consumer knows nothing of it yet. */
    record Accepted(String consumerId) implements Onward {
        @Override
        public void arrive(Passage passage) {
            Connection c = passage.connection();
            c.errorLevel(ConnectionErrorLevel.ALERT);
            Dispatch.passOn(c, passage.claims().apply(consumerId));
        }

        @Override
        public void connectFailed(Passage passage) {
            throw new IllegalStateException("an accepted connection is connected");
        }

        @Override
        public void timedOut(Connection c, Direction direction) {
            c.close(CloseReason.TIMED_OUT);
        }

        @Override
        public void closeRequested(Connection c, CloseReason why) {
            c.close(why);
        }

        @Override
        public void closed(CloseReason why) {}
    }

    /** A connection that a consumer makes: it hears how that ends, as it would without stages. */
    record Made<T>(Claim<T> claim, T session) implements Onward {
        @Override
        public void arrive(Passage passage) {
            Dispatch.passOn(passage.connection(), claim, session, true);
        }

        @Override
        public void connectFailed(Passage passage) {
            Dispatch.passOn(passage.connection(), claim, session, false);
        }

        @Override
        public void timedOut(Connection c, Direction direction) {
            claim.consumer().timedOut(session, c, direction);
        }

        @Override
        public void closeRequested(Connection c, CloseReason why) {
            claim.consumer().closeRequested(session, c, why);
        }

        @Override
        public void closed(CloseReason why) {
            claim.consumer().closed(session, why);
        }
    }
}
