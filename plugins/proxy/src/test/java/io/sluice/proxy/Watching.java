package io.sluice.proxy;

import io.sluice.core.connection.Connection;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.http.FilterResult;
import io.sluice.http.HttpBinder;
import io.sluice.http.HttpFilter;
import io.sluice.http.HttpRequest;
import io.sluice.http.Outcome;
import io.sluice.http.Phase;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Looks at requests and their connections, and writes down what it sees when they are over. */
final class Watching implements Plugin {
    /** What a plugin is told of the answer. */
    volatile String answer = "";

    /** Whether the client's stream, and the peer's, ended too early. */
    volatile boolean clientCutShort;

    volatile Connection peer;

    /** How many requests are over. */
    volatile int over;

    @Override
    public String id() {
        return "watching";
    }

    @Override
    public void configure(PluginBinder binder) {
        HttpBinder.of(binder)
                .phase(Phase.LOG, "watching", worker -> this::log)
                .filter("watching", (worker, below) -> new Filter(below), List.of(), List.of());
    }

    private synchronized Outcome log(HttpRequest request) {
        clientCutShort = request.connection().hasUnexpectedEof();
        over++;
        return Outcome.DONE;
    }

    private final class Filter extends HttpFilter {
        Filter(HttpFilter below) {
            super(below);
        }

        @Override
        public FilterResult header(HttpRequest request) {
            ProxySession session = ProxySession.of(request);
            peer = session == null ? null : session.peerConnection();
            answer = request.lastModified() + " " + text(request.entityTag()) + " " + text(request.contentType());
            return super.header(request);
        }
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "none" : new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
