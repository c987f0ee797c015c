package io.sluice.examples.echo;

import io.sluice.core.connection.BitPromise;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.Io;
import io.sluice.examples.echo.EchoPlugin.EchoSettings;

/**
 * The protocol; one per worker.
 *
 * @param pending set while something is not sent yet: nothing is read then, so that who does not read is not read from either
 */
record Echo(BitPromise pending, EchoSettings settings) implements Consumer<EchoSession> {
    @Override
    public EchoSession accepted(Connection c) {
        return new EchoSession(c, c.pool().take(4096));
    }

    /** Also called when bytes can be sent again. */
    @Override
    public void readable(EchoSession s) {
        Connection c = s.connection();
        c.writeTimeout(settings.idleTimeout().toMillis());
        int n = c.isBuffered(pending.get()) ? 1 : c.recv(s.buf());
        if (n == Io.EMPTY_DATAGRAM ? c.send(s.buf()) != Io.ERROR : n > 0 && c.flush(s.buf(), pending)) {
            c.postReadNext(); // there may be more, but the others go first
        } else if (n == Io.AGAIN) {
            c.rest(settings.idleTimeout().toMillis());
        } else if (n <= 0 || c.hasError()) {
            c.close(CloseReason.PEER_CLOSED);
        }
    }
}
