package io.sluice.stream.pass;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.AllListenings;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Listening;
import io.sluice.core.connection.SocketType;
import io.sluice.core.log.LogLevel;
import io.sluice.stream.StreamHandler;
import io.sluice.stream.StreamOutcome;
import io.sluice.stream.StreamSession;
import java.util.List;

/**
 * Passes the sessions of one server.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class PassHandler implements StreamHandler {
    private final PassTarget target;
    private final AllListenings listenings;

    PassHandler(PassTarget target, AllListenings listenings) {
        this.target = target;
        this.listenings = listenings;
    }

    @Override
    public StreamOutcome handle(StreamSession session) {
        Connection c = session.connection();
        if (c.socketType() == SocketType.DATAGRAM) {
            return refused(session, "a session of datagrams cannot be passed", StreamSession.INTERNAL_ERROR);
        }
        if (c.passes() == Connection.MOST_PASSES) {
            return refused(
                    session,
                    "passed " + Connection.MOST_PASSES + " times already: servers pass it in a circle",
                    StreamSession.INTERNAL_ERROR);
        }
        List<Address> addresses;
        try {
            addresses = target.of(session);
        } catch (IllegalArgumentException wrong) {
            return refused(session, wrong.getMessage() + " in pass", StreamSession.INTERNAL_ERROR);
        }
        for (Address at : addresses) {
            Listening to = listenings.find(at);
            if (to != null) {
                return session.passTo(to, at);
            }
        }
        return refused(
                session, "nobody listens on " + addresses.getFirst() + ", to which pass leads", StreamSession.OK);
    }

    private static StreamOutcome refused(StreamSession session, String why, int status) {
        Connection c = session.connection();
        c.log().log(LogLevel.ERR, c, why);
        return session.end(status);
    }
}
