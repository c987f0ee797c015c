package io.sluice.stream.proxy;

import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.ConsumerKey;
import io.sluice.core.connection.Direction;

/** Claims connections to peers. */
final class PeerConsumer implements Consumer<ProxiedSession> {
    static final ConsumerKey<ProxiedSession> KEY = new ConsumerKey<>("stream.proxy", ProxiedSession.class);

    @Override
    public void connected(ProxiedSession session) {
        session.peerConnected();
    }

    @Override
    public void connectFailed(ProxiedSession session) {
        session.peerConnectFailed();
    }

    @Override
    public void readable(ProxiedSession session) {
        session.peerReadable();
    }

    @Override
    public void writable(ProxiedSession session) {
        session.peerWritable();
    }

    @Override
    public void timedOut(ProxiedSession session, Connection c, Direction direction) {
        session.peerTimedOut(direction);
    }

    @Override
    public void closed(ProxiedSession session, CloseReason why) {
        session.peerClosed(why);
    }
}
