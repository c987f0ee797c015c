package io.sluice.http;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.plugin.Plugin;
import io.sluice.core.plugin.PluginBinder;
import io.sluice.core.plugin.WorkerContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code faulty = PLACE}: throws what the request's argument {@code what} names at that place. */
final class FaultyPlugin implements Plugin {
    @Override
    public String id() {
        return "faulty";
    }

    @Override
    public void configure(PluginBinder binder) {
        HttpBinder.of(binder)
                .content("faulty", location -> {
                    String place = String.valueOf(location.section().value("faulty"));
                    return worker -> request -> handle(place, request);
                })
                .phase(Phase.ACCESS, "faulty-access", worker -> request -> {
                    fail(request, "access");
                    return Outcome.DECLINED;
                })
                .phase(Phase.LOG, "faulty-log", worker -> request -> {
                    fail(request, "log");
                    return Outcome.DECLINED;
                })
                .filter("faulty-filter", FaultyFilter::new, List.of(), List.of());
    }

    private static Outcome handle(String place, HttpRequest request) {
        if (place.contains("sent")) {
            request.status(200);
            request.responseLength(10);
            request.sendHeader();
            Chain half = half(request);
            request.output(half);
            fail(request, "sent");
        }
        if (place.contains("parked")) {
            request.park();
            request.listener(new FaultyListener(request));
            return Outcome.PARKED;
        }
        fail(request, "handler");
        return request.respond(200, "well");
    }

    private static Chain half(HttpRequest request) {
        Buf buf = request.pool().take(5);
        buf.putAscii("12345");
        return request.pool().link(buf.flush(true));
    }

    static void fail(HttpRequest request, String place) {
        String query = request.query();
        if (query == null || !query.startsWith(place + "=")) {
            return;
        }
        switch (query.substring(place.length() + 1)) {
            case "exception" -> throw new IllegalStateException("on purpose");
            case "assertion" -> throw new AssertionError("on purpose");
            case "linkage" -> throw new NoClassDefFoundError("on purpose");
            case "stack" -> deeper(1);
            default -> throw new IllegalArgumentException("on purpose, " + query);
        }
    }

    private static int deeper(int depth) {
        return depth == Integer.MAX_VALUE ? 0 : 1 + deeper(depth + 1);
    }

    private static final class FaultyFilter extends HttpFilter {
        FaultyFilter(WorkerContext worker, HttpFilter next) {
            super(next);
        }

        @Override
        public FilterResult header(HttpRequest request) {
            fail(request, "header-filter");
            return super.header(request);
        }

        @Override
        public FilterResult body(HttpRequest request, @Nullable Chain in) {
            fail(request, "body-filter");
            return super.body(request, in);
        }
    }

    /** Throws when it hears of the body, of the output, or of the client's end. */
    private record FaultyListener(HttpRequest request) implements RequestListener {
        @Override
        public void bodyReadable() {
            fail(request, "body");
        }

        @Override
        public void aborted() {
            fail(request, "aborted");
        }
    }
}
