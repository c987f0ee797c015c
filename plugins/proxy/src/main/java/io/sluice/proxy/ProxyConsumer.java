package io.sluice.proxy;

import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.ConsumerKey;
import io.sluice.core.connection.Direction;

/** Claims connections to peers while they serve a request. */
final class ProxyConsumer implements Consumer<ProxySession> {
    static final ConsumerKey<ProxySession> KEY = new ConsumerKey<>("proxy", ProxySession.class);

    @Override
    public void connected(ProxySession session) {
        session.connected();
    }

    @Override
    public void connectFailed(ProxySession session) {
        session.connectFailed();
    }

    @Override
    public void readable(ProxySession session) {
        session.peerReadable();
    }

    @Override
    public void writable(ProxySession session) {
        session.peerWritable();
    }

    @Override
    public void timedOut(ProxySession session, Connection c, Direction direction) {
        session.peerTimedOut();
    }

    @Override
    public void closed(ProxySession session, CloseReason why) {
        session.peerClosed(why);
    }
}
