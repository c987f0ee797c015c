package io.sluice.core.transport;

import io.sluice.core.connection.Claim;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.TransportStages;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way of one connection through the stages before its consumer. Made with the connection, forgotten when the consumer has it.
 *
 * <p><b>Thread:</b> the worker's.
 */
public final class Passage {
    private final TransportStages stages;
    private final Function<String, Claim<?>> claims;
    private final Onward onward;
    private final @Nullable Connection client;
    private @Nullable Connection connection;
    private int index;

    /** What the stage it is with keeps; null before that has begun. */
    private @Nullable Object session;

    private boolean inside;
    private boolean done;

    Passage(TransportStages stages, Function<String, Claim<?>> claims, Onward onward, @Nullable Connection client) {
        this.stages = stages;
        this.claims = claims;
        this.onward = onward;
        this.client = client;
    }

    /**
     * The way of a connection that a consumer is about to make with {@link #connect}. The consumer hears all that it would hear without
     * stages, {@code connected} when the last of them is done.
     *
     * @param claims finds the claims of the consumer's cycle, as {@code context::claim}
     * @param stages not empty
     * @param client for whose sake the connection is made, or null for nobody's
     */
    public static <T> Passage outgoing(
            Function<String, Claim<?>> claims,
            TransportStages stages,
            @Nullable Connection client,
            Claim<T> consumer,
            T session) {
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("there is no stage to pass");
        }
        return new Passage(stages, claims, new Onward.Made<>(consumer, session), client);
    }

    /**
     * Makes the connection.
     *
     * @param connecting asks the engine's Connector, with {@link #claim} and this passage in the place of the consumer's claim and session
     * @return what that answers
     */
    public @Nullable Connection connect(Function<Passage, @Nullable Connection> connecting) {
        connection = connecting.apply(this);
        return connection;
    }

    /** What to claim the connection with that is on this way. */
    @SuppressWarnings("unchecked")
    public Claim<Passage> claim() {
        return (Claim<Passage>) claims.apply(use().stage());
    }

    /** The connection that is on its way. */
    public Connection connection() {
        return Objects.requireNonNull(connection, "not connected yet");
    }

    /** Of a connection that we made: the one for whose sake; null for nobody's, and for an accepted one. */
    public @Nullable Connection client() {
        return client;
    }

    /**
     * The stage has done its part. Takes effect when the method of the stage that is running returns; said at another time, later in the
     * same turn.
     */
    public void done() {
        if (done || index == stages.uses().size()) {
            throw new IllegalStateException("the stage was done already");
        }
        done = true;
        if (!inside) {
            connection().postRead();
        }
    }

    // ---- for the stages' consumer

    void accepted(Connection c) {
        connection = c;
    }

    TransportStages.Use use() {
        return stages.uses().get(index);
    }

    Onward onward() {
        return onward;
    }

    Function<String, Claim<?>> claims() {
        return claims;
    }

    /** Whether there is another stage; then the passage is with that one. */
    boolean next() {
        session = null;
        done = false;
        index++;
        return index < stages.uses().size();
    }

    boolean isDone() {
        return done;
    }

    boolean hasBegun() {
        return session != null;
    }

    Object session() {
        return Objects.requireNonNull(session, "the stage has not begun");
    }

    void begun(Object with) {
        session = with;
    }

    void enter() {
        inside = true;
    }

    void leave() {
        inside = false;
    }
}
