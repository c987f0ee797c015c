package io.sluice.proxy;

import io.sluice.core.variable.BytesSink;
import io.sluice.http.HttpRequest;

/** Variables about the peer that answered, with nginx's names. */
final class ProxyVariables {
    private ProxyVariables() {}

    static boolean address(HttpRequest request, BytesSink out) {
        ProxySession session = ProxySession.of(request);
        if (session == null || session.peerText().isEmpty()) {
            return false;
        }
        out.putAscii(session.peerText());
        return true;
    }

    static boolean status(HttpRequest request, BytesSink out) {
        ProxySession session = ProxySession.of(request);
        if (session == null || session.peerStatus() == 0) {
            return false;
        }
        out.putLong(session.peerStatus());
        return true;
    }
}
