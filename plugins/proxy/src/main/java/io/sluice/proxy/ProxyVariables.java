package io.sluice.proxy;

import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Evaluator;
import io.sluice.http.HttpBinder;
import io.sluice.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Variables about the peers that were asked, with nginx's names (ngx_http_upstream.c). One value for each attempt, with commas between
 * them, and a colon where the request went on elsewhere in the configuration.
 */
final class ProxyVariables {
    private final WantedHeaders wanted;

    private ProxyVariables(WantedHeaders wanted) {
        this.wanted = wanted;
    }

    /** @param wanted hears which values of heads are to be kept */
    static void add(HttpBinder http, WantedHeaders wanted) {
        ProxyVariables variables = new ProxyVariables(wanted);
        http.variable("upstream_addr", each(ProxyVariables::address))
                .variable("upstream_status", numbers(Tries.Figure.STATUS))
                .variable("upstream_connect_time", times(Tries.Figure.CONNECT_MILLIS))
                .variable("upstream_header_time", times(Tries.Figure.HEADER_MILLIS))
                .variable("upstream_response_time", times(Tries.Figure.RESPONSE_MILLIS))
                .variable("upstream_bytes_sent", numbers(Tries.Figure.BYTES_SENT))
                .variable("upstream_bytes_received", numbers(Tries.Figure.BYTES_RECEIVED))
                .variable("upstream_response_length", numbers(Tries.Figure.BODY_BYTES))
                .variables("upstream_http_", variables::header)
                .variables("upstream_cookie_", variables::cookie);
    }

    /** Writes what there is to tell of one attempt. */
    private interface One {
        void write(Tries tries, int i, BytesSink out);
    }

    private static Evaluator<HttpRequest> each(One one) {
        return (request, out) -> {
            ProxySession session = ProxySession.of(request);
            return session != null && all(session.report().tries(), one, out);
        };
    }

    private static boolean all(Tries tries, One one, BytesSink out) {
        boolean comma = false;
        for (int i = 0; i < tries.size(); i++) {
            if (tries.peer(i) == null) {
                out.putAscii(" : ");
                comma = false;
                continue;
            }
            if (comma) {
                out.putAscii(", ");
            }
            one.write(tries, i, out);
            comma = true;
        }
        return tries.size() > 0;
    }

    private static void address(Tries tries, int i, BytesSink out) {
        String peer = tries.peer(i);
        if (peer != null) {
            out.putAscii(peer);
        }
    }

    private static Evaluator<HttpRequest> numbers(Tries.Figure figure) {
        return each((tries, i, out) -> {
            long number = tries.get(i, figure);
            if (number == Tries.UNSET) {
                out.put((byte) '-');
            } else {
                out.putLong(number);
            }
        });
    }

    private static Evaluator<HttpRequest> times(Tries.Figure figure) {
        return each((tries, i, out) -> {
            long millis = tries.get(i, figure);
            if (millis == Tries.UNSET) {
                out.put((byte) '-');
            } else {
                out.putSeconds(millis);
            }
        });
    }

    /** {@code $upstream_http_…}: of the last peer that was asked, from when its head is here. */
    private Evaluator<HttpRequest> header(String suffix) {
        return kept(suffix.replace('_', '-'), false);
    }

    /** {@code $upstream_cookie_…}, as {@link #header}. */
    private Evaluator<HttpRequest> cookie(String suffix) {
        return kept(suffix, true);
    }

    private Evaluator<HttpRequest> kept(String name, boolean cookie) {
        int index = wanted.add(name.getBytes(StandardCharsets.US_ASCII), cookie);
        return (request, out) -> {
            KeptHeaders kept = keptOf(request);
            return kept != null && kept.write(index, out);
        };
    }

    private static @Nullable KeptHeaders keptOf(HttpRequest request) {
        ProxySession session = ProxySession.of(request);
        return session == null ? null : session.report().kept();
    }
}
