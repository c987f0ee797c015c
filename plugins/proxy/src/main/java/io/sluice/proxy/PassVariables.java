package io.sluice.proxy;

import io.sluice.core.connection.Address;
import io.sluice.core.variable.BytesSink;
import io.sluice.http.HttpBinder;
import io.sluice.http.HttpRequest;
import java.nio.charset.StandardCharsets;

/** Variables about how a request is passed on, with nginx's names (ngx_http_proxy_module.c). */
final class PassVariables {
    private static final byte[] FORWARDED = "x-forwarded-for".getBytes(StandardCharsets.US_ASCII);

    private PassVariables() {}

    static void add(HttpBinder http) {
        http.variable("proxy_host", PassVariables::host)
                .variable("proxy_port", PassVariables::port)
                .variable("proxy_add_x_forwarded_for", PassVariables::forwardedFor);
    }

    private static boolean host(HttpRequest request, BytesSink out) {
        ProxySession session = ProxySession.of(request);
        if (session == null) {
            return false;
        }
        out.putAscii(session.conf().host());
        return true;
    }

    private static boolean port(HttpRequest request, BytesSink out) {
        ProxySession session = ProxySession.of(request);
        if (session == null) {
            return false;
        }
        String host = session.conf().host();
        int colon = host.lastIndexOf(':');
        if (colon < 0 || colon < host.lastIndexOf(']')) {
            out.putAscii("80");
            return true;
        }
        for (int i = colon + 1; i < host.length(); i++) {
            out.put((byte) host.charAt(i));
        }
        return true;
    }

    /** What the client's proxies have told, and the client's own address behind it. */
    private static boolean forwardedFor(HttpRequest request, BytesSink out) {
        boolean some = false;
        for (int i = 0; i < request.headerCount(); i++) {
            if (request.headerIs(i, FORWARDED)) {
                if (some) {
                    out.putAscii(", ");
                }
                request.putHeaderValue(i, out);
                some = true;
            }
        }
        Address client = request.connection().remoteAddress();
        if (client == null) {
            return some;
        }
        if (some) {
            out.putAscii(", ");
        }
        client.putHost(out);
        return true;
    }
}
