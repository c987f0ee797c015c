package io.sluice.core.connection;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.Pool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A connection over a socket that answers what a test wants, for tests of what lies between the two. */
abstract class SocketHarness {
    final TestEngine engine = new TestEngine();
    final TestEndpoint socket = new TestEndpoint(engine.slabs.nativeAccess());
    final Party party = new Party();
    Connection c;
    Event read;
    Event write;
    Pool pool;

    SocketHarness(SocketType type) {
        socket.type = type;
    }

    @BeforeEach
    void connect() {
        c = party.enter(new ConnectionPool(2, engine), socket, "a");
        read = c.slot().read;
        write = c.slot().write;
        read.ready = true;
        pool = c.pool();
    }

    @AfterEach
    void close() {
        c.close(CloseReason.FINISHED);
        engine.close();
    }

    final Buf text(String text) {
        Buf buf = pool.take(256);
        buf.putAscii(text);
        return buf;
    }

    final Chain chain(Buf... bufs) {
        Chain first = null;
        for (int i = bufs.length - 1; i >= 0; i--) {
            Chain link = pool.link(bufs[i]);
            link.next(first);
            first = link;
        }
        return first;
    }
}
