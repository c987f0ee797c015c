package io.sluice.stream;

import io.sluice.core.connection.ConnectionVariables;
import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Variables;

/** The variables that stream itself knows, with nginx's names (ngx_stream_variables.c). */
final class StreamVariables {
    private static final String OWNER = "stream";

    private StreamVariables() {}

    static void claim(Variables.Claims<StreamSession> claims) {
        ConnectionVariables.claim(claims, OWNER, StreamSession::connection);
        claims.claim("bytes_received", OWNER, StreamVariables::received)
                .claim("session_time", OWNER, StreamVariables::sessionTime)
                .claim("status", OWNER, StreamVariables::status)
                .claim("protocol", OWNER, StreamVariables::protocol);
    }

    private static boolean received(StreamSession session, BytesSink out) {
        out.putLong(session.bytesReceived());
        return true;
    }

    private static boolean sessionTime(StreamSession session, BytesSink out) {
        out.putSeconds(session.millis());
        return true;
    }

    private static boolean protocol(StreamSession session, BytesSink out) {
        out.putAscii(
                switch (session.connection().socketType()) {
                    case STREAM -> "TCP";
                    case DATAGRAM -> "UDP";
                });
        return true;
    }

    private static boolean status(StreamSession session, BytesSink out) {
        int status = session.status();
        if (status == 0) {
            out.putAscii("000");
        } else {
            out.putLong(status);
        }
        return true;
    }
}
