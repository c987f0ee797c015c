package io.sluice.testkit.datagram;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.ConnectionIo;
import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.Direction;
import io.sluice.core.connection.Io;
import io.sluice.core.connection.SocketType;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.WorkerContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Sends back each datagram with the number of the session's requests before it, as {@code 1:hello}; but some words are orders. Notes down
 * what it hears, with the number of the connection.
 */
final class Parrot implements Plugin {
    final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    final List<Connection> connections = Collections.synchronizedList(new ArrayList<>());

    /** Idle sessions end after that; 0 for never. */
    long idleMillis;

    /** Stays when it is asked to close. */
    boolean stubborn;

    /** Does not read when it is told. */
    boolean deaf;

    /** Bytes of the Buf that datagrams are read into. */
    int room = 65_536;

    static final class Session {
        final Connection c;
        int count;

        Session(Connection c) {
            this.c = c;
        }
    }

    @Override
    public String id() {
        return "parrot";
    }

    @Override
    public void configure(PluginBinder binder) {
        binder.consumer("parrot", Session.class).datagrams().with(Bird::new);
    }

    private final class Bird implements Consumer<Session> {
        private final WorkerContext worker;

        Bird(WorkerContext worker) {
            this.worker = worker;
        }

        private void heard(Session s, String what) {
            heard.add(s.c.number() + " " + what);
        }

        @Override
        public Session accepted(Connection c) {
            Session s = new Session(c);
            connections.add(c);
            heard(s, c.socketType() == SocketType.DATAGRAM ? "begins" : "connects");
            if (idleMillis > 0) {
                c.readTimeout(idleMillis);
            }
            return s;
        }

        @Override
        public void readable(Session s) {
            if (deaf) {
                return;
            }
            Pool memory = worker.pool();
            try {
                Buf in = memory.room(memory.take(room), room);
                for (int n = s.c.recv(in); n != Io.AGAIN; n = s.c.recv(in)) {
                    if (n == Io.ERROR || n == Io.END) {
                        s.c.close(n == Io.END ? CloseReason.PEER_CLOSED : CloseReason.IO_ERROR);
                        return;
                    }
                    s.count++;
                    act(s, memory, in);
                    if (!s.c.isOpen()) {
                        return;
                    }
                    in.clear();
                }
            } finally {
                memory.end();
            }
        }

        private void act(Session s, Pool memory, Buf in) {
            if (idleMillis > 0) {
                s.c.readTimeout(idleMillis);
            }
            switch (in.size() < 16 ? in.text() : "") {
                case "close" -> s.c.close(CloseReason.FINISHED);
                case "end" -> {
                    s.c.endDatagrams();
                    say(s, memory, in);
                }
                case "throw" -> throw new IllegalStateException("asked for");
                case "reusable" -> s.c.reusable(true);
                case "three" -> {
                    Chain three = memory.link(text(memory, "one").flush(true));
                    three.next(memory.link(memory.mark().flush(true)));
                    three.next().next(memory.link(text(memory, "thr")));
                    three.next().next().next(memory.link(text(memory, "ee").lastBuf(true)));
                    s.c.sendChain(three, ConnectionIo.UNLIMITED);
                }
                case "silent" -> {}
                default -> say(s, memory, in);
            }
        }

        private void say(Session s, Pool memory, Buf in) {
            Chain answer = memory.link(text(memory, s.count + ":"));
            if (in.size() > 60_000) {
                s.c.send(in);
                return;
            }
            answer.next(memory.link(in.flush(true)));
            if (s.c.sendChain(answer, ConnectionIo.UNLIMITED) == Chain.ERROR) {
                s.c.close(CloseReason.IO_ERROR);
            }
        }

        private Buf text(Pool memory, String text) {
            Buf buf = memory.take(16);
            buf.putAscii(text);
            return buf;
        }

        @Override
        public void closeRequested(Session s, Connection c, CloseReason why) {
            heard(s, "asked " + why);
            if (!stubborn) {
                c.close(why);
            }
        }

        @Override
        public void timedOut(Session s, Connection c, Direction direction) {
            heard(s, "times out");
            c.close(CloseReason.TIMED_OUT);
        }

        @Override
        public void closed(Session s, CloseReason why) {
            heard(s, "closed " + why);
        }
    }
}
