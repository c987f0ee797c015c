package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.Connection;
import io.sluice.http.parse.RequestHeadParser;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The servers behind one listening address: what HTTP finds again at an accepted connection. The first one answers what no name matches.
 *
 * @param under of a wildcard address: the addresses of the machine that other servers listen on with the same socket
 */
record HttpListen(String text, List<ServerConf> servers, Map<Address, HttpListen> under) {
    /** What a connection is served by. Its own address is asked for only if that matters. */
    static HttpListen of(Connection c) {
        HttpListen found = (HttpListen)
                Objects.requireNonNull(Objects.requireNonNull(c.listening()).attachment());
        if (found.under.isEmpty()) {
            return found;
        }
        Address own = c.localAddress();
        return own == null ? found : found.under.getOrDefault(own, found);
    }

    ServerConf first() {
        return servers.getFirst();
    }

    /** The server whose name the request's host is, or the first (ngx_http_find_virtual_server). */
    ServerConf find(RequestState r) {
        if (servers.size() == 1) {
            return first();
        }
        RequestHeadParser parser = r.parser;
        int length = parser.hostLength();
        if (length == 0) {
            return first();
        }
        Buf buf = r.segment(parser.hostSegment());
        int from = parser.hostOffset();
        if (buf.get(from + length - 1) == '.') {
            length--;
        }
        for (ServerConf server : servers) {
            for (String name : server.names()) {
                if (name.length() == length && same(buf, from, name)) {
                    return server;
                }
            }
        }
        return first();
    }

    private static boolean same(Buf buf, int from, String lowerCase) {
        for (int i = 0; i < lowerCase.length(); i++) {
            int b = buf.get(from + i);
            if (b >= 'A' && b <= 'Z') {
                b |= 0x20;
            }
            if (b != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
