package io.sluice.event.limits;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.ConsumerKey;
import io.sluice.core.connection.Io;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;

/** Repeats what it hears and rests between two words; {@code q} ends the connection. */
final class Parrot implements Plugin {
    static final ConsumerKey<Session> KEY = new ConsumerKey<>("parrot", Session.class);

    /** One connection; one that is being made has its handle a little later. */
    static final class Session {
        private Connection connection;
        private Buf heard;

        Session() {}

        void connection(Connection made) {
            connection = made;
        }
    }

    @Override
    public String id() {
        return "parrot";
    }

    @Override
    public void configure(PluginBinder binder) {
        binder.consumer(KEY).with(_ -> new Repeating());
    }

    private static final class Repeating implements Consumer<Session> {
        private static final long IDLE_MILLIS = 600_000;

        @Override
        public Session accepted(Connection c) {
            Session session = new Session();
            session.connection(c);
            session.heard = c.pool().take(256);
            return session;
        }

        @Override
        public void readable(Session session) {
            Connection c = session.connection;
            Buf heard = session.heard;
            int n = c.recv(heard);
            if (n == Io.AGAIN) {
                c.rest(IDLE_MILLIS);
                return;
            }
            if (n <= 0 || heard.get(heard.pos()) == 'q') {
                c.close(CloseReason.PEER_CLOSED);
                return;
            }
            c.send(heard);
            heard.clear();
            c.rest(IDLE_MILLIS);
        }

        @Override
        public void connected(Session session) {
            session.connection.close(CloseReason.FINISHED);
        }

        @Override
        public void connectFailed(Session session) {
            session.connection.close(CloseReason.IO_ERROR);
        }
    }
}
