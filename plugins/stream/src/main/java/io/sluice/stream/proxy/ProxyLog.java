package io.sluice.stream.proxy;

import io.sluice.core.connection.Connection;
import io.sluice.core.connection.SocketType;
import io.sluice.core.log.LogLevel;
import io.sluice.core.log.LogLine;
import io.sluice.stream.StreamSession;

/** What the error log says of proxied sessions, as nginx does. */
final class ProxyLog {
    private ProxyLog() {}

    private static boolean isDatagrams(Connection client) {
        return client.socketType() == SocketType.DATAGRAM;
    }

    static void connected(Connection client, Connection peer, PeerSearch search) {
        if (client.log().isEnabled(LogLevel.INFO)) {
            client.log()
                    .at(LogLevel.INFO, client)
                    .text(isDatagrams(client) ? "udp proxy " : "proxy ")
                    .text(String.valueOf(peer.localAddress()))
                    .text(" connected to ")
                    .text(search.tries().getLast().peer)
                    .write();
        }
    }

    /** @param byClient whose end was seen last */
    static void disconnected(Connection client, boolean byClient) {
        String who = byClient ? "client disconnected" : "upstream disconnected";
        client.log().log(LogLevel.INFO, client, isDatagrams(client) ? "udp done" : who);
    }

    /** What stands behind client and server in each line about the session. */
    static void append(LogLine line, StreamSession session, PeerSearch search, Flow up, Flow down) {
        Connection client = session.connection();
        if (!search.tries().isEmpty()) {
            line.append(", upstream: \"").append(search.tries().getLast().peer).append("\"");
        }
        if (isDatagrams(client)) {
            line.append(", packets from/to client:")
                    .append(up.packets())
                    .append("/")
                    .append(down.packets());
        }
        line.append(", bytes from/to client:")
                .append(session.bytesReceived())
                .append("/")
                .append(client.sent());
        line.append(", bytes from/to upstream:")
                .append(down.received())
                .append("/")
                .append(search.sent());
    }
}
