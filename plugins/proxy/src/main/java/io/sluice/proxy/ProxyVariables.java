package io.sluice.proxy;

import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Evaluator;
import io.sluice.http.HttpRequest;
import io.sluice.http.parse.HeaderTable;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

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

    /** {@code $upstream_http_…}: from when the peer's head is here until the client has it. */
    static Evaluator<HttpRequest> header(String suffix) {
        byte[] name = suffix.replace('_', '-').getBytes(StandardCharsets.US_ASCII);
        return (request, out) -> {
            PeerAnswer answer = answer(request);
            HeaderTable headers = answer == null ? null : answer.headers();
            return answer != null && headers != null && AnswerHeaders.header(headers, answer.buf(), name, out);
        };
    }

    /** {@code $upstream_cookie_…}, as long as {@link #header}. */
    static Evaluator<HttpRequest> cookie(String suffix) {
        byte[] name = suffix.getBytes(StandardCharsets.US_ASCII);
        return (request, out) -> {
            PeerAnswer answer = answer(request);
            HeaderTable headers = answer == null ? null : answer.headers();
            return answer != null && headers != null && AnswerHeaders.cookie(headers, answer.buf(), name, out);
        };
    }

    private static @Nullable PeerAnswer answer(HttpRequest request) {
        ProxySession session = ProxySession.of(request);
        return session == null ? null : session.answer();
    }
}
