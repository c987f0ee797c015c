package io.sluice.examples.echo;

import io.sluice.core.connection.BitPromise;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.Io;

/**
 * The protocol, once per worker.
 *
 * @param pending set while something received is not sent yet: nothing more is read then, so that a client that does not read is not
 *     read from either
 */
record Echo(BitPromise pending, long idleMillis) implements Consumer<EchoSession> {
    @Override
    public EchoSession accepted(Connection c) {
        return new EchoSession(c, c.pool().take(4096));
    }

    @Override
    public void readable(EchoSession s) {
        Connection c = s.connection();
        if (c.isBuffered(pending.get())) {
            return;
        }
        s.buf().clear();
        int received = c.recv(s.buf());
        if (received > 0) {
            writable(s);
        } else if (received == Io.AGAIN) {
            c.readTimeout(idleMillis);
            c.reusable(true);
            c.idle(true);
        } else {
            c.close(received == Io.END ? CloseReason.PEER_CLOSED : CloseReason.IO_ERROR);
        }
    }

    @Override
    public void writable(EchoSession s) {
        Connection c = s.connection();
        if (c.send(s.buf()) == Io.ERROR) {
            c.close(CloseReason.IO_ERROR);
            return;
        }
        c.readTimeout(idleMillis);
        if (s.buf().size() > 0) {
            c.buffer(pending.get());
            c.reusable(false);
            c.idle(false);
        } else {
            c.unbuffer(pending.get());
            c.postReadNext();
        }
    }
}
