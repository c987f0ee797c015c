package io.sluice.testkit.driver;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.ConsumerKey;
import io.sluice.core.connection.Direction;
import io.sluice.core.connection.Io;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.WorkerContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A plugin of one consumer that notes down what it hears, and does in each call what the test wants. Unless told otherwise it reads all
 * that comes, and closes at the end.
 */
final class Recorder implements Plugin, Consumer<Recorder.Session> {
    /** Whose connection it is: known later than the session if the server connects. */
    static final class Session {
        Connection connection;

        Session(Connection connection) {
            this.connection = connection;
        }
    }

    private final String id;
    final ConsumerKey<Session> key;
    final List<String> heard = new ArrayList<>();
    final StringBuilder read = new StringBuilder();
    private final Map<String, java.util.function.Consumer<Connection>> does = new HashMap<>();
    WorkerContext context;
    Connection last;

    Recorder(String id) {
        this.id = id;
        this.key = new ConsumerKey<>(id, Session.class);
    }

    /** A server with this plugin alone, which listens. */
    Stepped start(String more) {
        return Stepped.of(this).start(id + ".listen = 7\n" + more);
    }

    Stepped start() {
        return start("");
    }

    /** What to do in a call, in the place of what it does else. */
    Recorder in(String call, java.util.function.Consumer<Connection> action) {
        does.put(call, action);
        return this;
    }

    Recorder throwing(String call, Throwable what) {
        return in(call, c -> Recorder.<RuntimeException>sneak(what));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable what) throws T {
        throw (T) what;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public void configure(PluginBinder binder) {
        binder.consumer(key).with(worker -> {
            context = worker;
            return this;
        });
    }

    private boolean did(String call, Connection c) {
        heard.add(call);
        var action = does.get(call.replaceAll(" .*", ""));
        if (action == null) {
            return false;
        }
        action.accept(c);
        return true;
    }

    @Override
    public Session accepted(Connection c) {
        last = c;
        did("accepted", c);
        return new Session(c);
    }

    @Override
    public void readable(Session session) {
        if (!did("readable", session.connection)) {
            readAll(session.connection);
        }
    }

    void readAll(Connection c) {
        Buf into = c.pool().take(256);
        int n = c.recv(into);
        while (n > 0) {
            read.append(into.text());
            into.clear();
            n = c.recv(into);
        }
        if (n != Io.AGAIN) {
            c.close(n == Io.END ? CloseReason.PEER_CLOSED : CloseReason.IO_ERROR);
        }
    }

    @Override
    public void writable(Session session) {
        did("writable", session.connection);
    }

    @Override
    public void connected(Session session) {
        did("connected", session.connection);
    }

    @Override
    public void connectFailed(Session session) {
        if (!did("connectFailed", session.connection)) {
            session.connection.close(CloseReason.IO_ERROR);
        }
    }

    @Override
    public void timedOut(Session session, Connection c, Direction direction) {
        if (!did("timedOut " + direction, c)) {
            c.close(CloseReason.TIMED_OUT);
        }
    }

    @Override
    public void closeRequested(Session session, Connection c, CloseReason why) {
        if (!did("closeRequested " + why, c)) {
            c.close(why);
        }
    }

    @Override
    public Session handedOver(Connection c, Buf unread) {
        last = c;
        if (unread != null) {
            read.append(unread.text());
        }
        did("handedOver", c);
        return new Session(c);
    }

    @Override
    public void closed(Session session, CloseReason why) {
        did("closed " + why, session.connection);
    }
}
