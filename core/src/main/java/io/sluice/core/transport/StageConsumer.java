package io.sluice.core.transport;

import io.sluice.core.connection.Claim;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.Direction;
import io.sluice.core.connection.Dispatch;
import io.sluice.core.connection.Listening;
import io.sluice.core.log.ConnectionErrorLevel;
import io.sluice.core.log.LogLevel;
import java.util.Objects;
import java.util.function.Function;

/**
 * Owns the connections that are with one stage: asks the stage as the loop asks, keeps its time, and gives the connection to whoever comes
 * next. Known to the engine only.
 *
 * @param <R> the stage's settings
 * @param <S> what the stage keeps per connection
 */
public final class StageConsumer<R extends Record, S> implements Consumer<Passage>, AutoCloseable {
    private final String name;
    private final TransportStage<R, S> stage;
    private final Function<String, Claim<?>> claims;

    /** @param claims of the cycle that owns the stage */
    public StageConsumer(String name, TransportStage<R, S> stage, Function<String, Claim<?>> claims) {
        this.name = name;
        this.stage = stage;
        this.claims = claims;
    }

    @Override
    public Passage accepted(Connection c) {
        Listening from = Objects.requireNonNull(c.listening(), "not accepted");
        Passage passage = new Passage(from.stages(), claims, new Onward.Accepted(from.consumerId()), null);
        passage.accepted(c);
        c.errorLevel(ConnectionErrorLevel.INFO);
        c.logContext(new PassageLog(c));
        c.reusable(true);
        begin(passage);
        if (passage.isDone() && c.isOpen()) {
            // Who has asked for the session claims the connection first.
            c.postRead();
        }
        return passage;
    }

    @Override
    public void connected(Passage passage) {
        enter(passage);
    }

    @Override
    public void connectFailed(Passage passage) {
        passage.onward().connectFailed(passage);
    }

    @Override
    public void readable(Passage passage) {
        if (passage.isDone()) {
            moveOn(passage);
        } else if (passage.hasBegun()) {
            passage.enter();
            stage.readable(session(passage));
            left(passage);
        }
    }

    @Override
    public void writable(Passage passage) {
        if (passage.hasBegun() && !passage.isDone()) {
            passage.enter();
            stage.writable(session(passage));
            left(passage);
        }
    }

    @Override
    public void timedOut(Passage passage, Connection c, Direction direction) {
        if (passage.hasBegun()) {
            c.log().log(LogLevel.INFO, c, "timed out in the stage " + name);
        }
        passage.onward().timedOut(c, direction);
    }

    @Override
    public void closeRequested(Passage passage, Connection c, CloseReason why) {
        passage.onward().closeRequested(c, why);
    }

    @Override
    public void closed(Passage passage, CloseReason why) {
        try {
            if (passage.hasBegun()) {
                stage.closed(session(passage), why);
            }
        } finally {
            passage.onward().closed(why);
        }
    }

    @Override
    public void close() {
        stage.close();
    }

    private void enter(Passage passage) {
        begin(passage);
        Connection c = passage.connection();
        if (!c.isOpen()) {
            return;
        }
        if (passage.isDone()) {
            moveOn(passage);
        } else if (c.readReady()) {
            readable(passage);
        }
    }

    @SuppressWarnings("unchecked")
    private void begin(Passage passage) {
        R settings = (R) passage.use().settings();
        passage.connection().readTimeout(stage.timeoutMillis(settings));
        passage.enter();
        passage.begun(Objects.requireNonNull(stage.begin(passage, settings), "a stage has begun without a session"));
        passage.leave();
    }

    /** The stage has returned; the connection may be closed. */
    private void left(Passage passage) {
        passage.leave();
        if (passage.isDone() && passage.connection().isOpen()) {
            moveOn(passage);
        }
    }

    private static void moveOn(Passage passage) {
        Connection c = passage.connection();
        if (passage.next()) {
            Claim<Passage> claim = passage.claim();
            Dispatch.moveOn(c, claim, passage);
            ((StageConsumer<?, ?>) claim.consumer()).enter(passage);
        } else {
            passage.onward().arrive(passage);
        }
    }

    @SuppressWarnings("unchecked")
    private S session(Passage passage) {
        return (S) passage.session();
    }
}
