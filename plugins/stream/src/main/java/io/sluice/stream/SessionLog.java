package io.sluice.stream;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.SocketType;
import io.sluice.core.log.LogLevel;
import io.sluice.core.log.LogLine;
import org.jspecify.annotations.Nullable;

/** What the error log says of sessions, as nginx does. */
final class SessionLog {
    private SessionLog() {}

    static void connected(StreamSession session) {
        Connection c = session.connection();
        if (c.log().isEnabled(LogLevel.INFO)) {
            c.log()
                    .at(LogLevel.INFO, c)
                    .text(isDatagrams(c) ? "udp client " : "client ")
                    .text(String.valueOf(c.remoteAddress()))
                    .text(" connected to ")
                    .text(session.listen().text())
                    .write();
        }
    }

    private static boolean isDatagrams(Connection c) {
        return c.socketType() == SocketType.DATAGRAM;
    }

    static void append(StreamSession session, @Nullable SessionListener listener, LogLine line) {
        String action = listener == null ? "" : listener.action();
        if (!action.isEmpty()) {
            line.append(" while ").append(action);
        }
        Address client = session.connection().remoteAddress();
        line.append(isDatagrams(session.connection()) ? ", udp client: " : ", client: ")
                .append(client == null ? "unknown" : client.host());
        line.append(", server: ").append(session.listen().text());
        if (listener != null) {
            listener.appendTo(line);
        }
    }
}
