package io.sluice.stream.proxy;

import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Evaluator;
import io.sluice.stream.StreamBinder;
import io.sluice.stream.StreamSession;
import java.util.List;
import java.util.function.ToLongFunction;

/** The variables about the peers of a session (ngx_stream_upstream.c): one value for each attempt, with commas between them. */
final class ProxyVariables {
    private ProxyVariables() {}

    static void add(StreamBinder binder) {
        binder.variable("upstream_addr", ProxyVariables::addresses)
                .variable("upstream_bytes_sent", numbers(attempt -> attempt.bytesSent))
                .variable("upstream_bytes_received", numbers(attempt -> attempt.bytesReceived))
                .variable("upstream_connect_time", times(attempt -> attempt.connectMillis))
                .variable("upstream_first_byte_time", times(attempt -> attempt.firstByteMillis))
                .variable("upstream_session_time", times(attempt -> attempt.sessionMillis));
    }

    private static List<PeerTry> tries(StreamSession session) {
        ProxiedSession proxied = session.kept(ProxiedSession.KEY);
        return proxied == null ? List.of() : proxied.tries();
    }

    private static boolean addresses(StreamSession session, BytesSink out) {
        List<PeerTry> tries = tries(session);
        for (int i = 0; i < tries.size(); i++) {
            separate(i, out);
            out.putAscii(tries.get(i).peer);
        }
        return !tries.isEmpty();
    }

    private static Evaluator<StreamSession> numbers(ToLongFunction<PeerTry> value) {
        return (session, out) -> {
            List<PeerTry> tries = tries(session);
            for (int i = 0; i < tries.size(); i++) {
                separate(i, out);
                out.putLong(value.applyAsLong(tries.get(i)));
            }
            return !tries.isEmpty();
        };
    }

    private static Evaluator<StreamSession> times(ToLongFunction<PeerTry> value) {
        return (session, out) -> {
            List<PeerTry> tries = tries(session);
            for (int i = 0; i < tries.size(); i++) {
                separate(i, out);
                seconds(value.applyAsLong(tries.get(i)), out);
            }
            return !tries.isEmpty();
        };
    }

    private static void separate(int index, BytesSink out) {
        if (index > 0) {
            out.putAscii(", ");
        }
    }

    private static void seconds(long millis, BytesSink out) {
        if (millis == PeerTry.UNSET) {
            out.put((byte) '-');
            return;
        }
        out.putSeconds(millis);
    }
}
