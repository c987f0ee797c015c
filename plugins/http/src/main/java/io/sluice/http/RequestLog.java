package io.sluice.http;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Connection;
import io.sluice.core.log.LogLine;
import io.sluice.http.parse.RequestHeadParser;

/** What the error log adds to a line about an HTTP connection: client, server, request, host, as nginx does. */
final class RequestLog {
    private RequestLog() {}

    static void append(HttpConnection connection, LogLine line) {
        Connection c = connection.connection();
        Address client = c.remoteAddress();
        line.append(", client: ").append(client == null ? "unknown" : client.host());
        RequestState r = connection.request();
        if (r == null || r.head.segmentCount() == 0) {
            line.append(", server: ").append(connection.listen().text());
            return;
        }
        line.append(", server: ")
                .append(r.hasServer() ? r.server().name() : connection.listen().text());
        RequestHeadParser parser = r.parser;
        if (parser.lineRead()) {
            int segment = parser.line().segment();
            int from = parser.line().methodOffset();
            int to = parser.line().targetOffset() + parser.line().targetLength();
            line.append(", request: \"")
                    .append(r.segment(segment).text(from, to - from))
                    .append(parser.line().http11() ? " HTTP/1.1\"" : " HTTP/1.0\"");
        }
    }
}
