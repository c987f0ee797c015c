package io.sluice.stream;

import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.ConsumerKey;
import io.sluice.core.connection.Direction;

/** Claims the connections of clients. */
final class StreamConsumer implements Consumer<StreamSession> {
    static final ConsumerKey<StreamSession> KEY = new ConsumerKey<>("stream", StreamSession.class);

    private final StreamWorker worker;

    StreamConsumer(StreamWorker worker) {
        this.worker = worker;
    }

    @Override
    public StreamSession accepted(Connection c) {
        StreamSession session = new StreamSession(worker, c);
        // Its phases begin when it is claimed, whether or not its client speaks first.
        c.postRead();
        return session;
    }

    @Override
    public void readable(StreamSession session) {
        session.readable();
    }

    @Override
    public void writable(StreamSession session) {
        session.writable();
    }

    @Override
    public void timedOut(StreamSession session, Connection c, Direction direction) {
        session.timedOut(direction);
    }

    @Override
    public void closed(StreamSession session, CloseReason why) {
        session.closed(why);
    }
}
