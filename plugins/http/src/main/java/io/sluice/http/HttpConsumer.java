package io.sluice.http;

import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.ConsumerKey;
import io.sluice.core.connection.Direction;

/** Claims the connections of HTTP clients. */
final class HttpConsumer implements Consumer<HttpConnection> {
    static final ConsumerKey<HttpConnection> KEY = new ConsumerKey<>("http", HttpConnection.class);

    private final HttpWorker worker;

    HttpConsumer(HttpWorker worker) {
        this.worker = worker;
    }

    @Override
    public HttpConnection accepted(Connection c) {
        return new HttpConnection(worker, c);
    }

    @Override
    public void readable(HttpConnection session) {
        session.readable();
    }

    @Override
    public void writable(HttpConnection session) {
        session.writable();
    }

    @Override
    public void timedOut(HttpConnection session, Connection c, Direction direction) {
        session.timedOut(direction);
    }

    @Override
    public void closeRequested(HttpConnection session, Connection c, CloseReason why) {
        session.closeRequested(why);
    }

    @Override
    public void closed(HttpConnection session, CloseReason why) {
        session.closed();
    }
}
