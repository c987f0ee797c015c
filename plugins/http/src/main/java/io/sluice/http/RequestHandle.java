package io.sluice.http;

import io.sluice.core.accesslog.PlaceLogs;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.Connection;
import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Template;
import org.jspecify.annotations.Nullable;

/** What every handle of a request has: the state it shows, if its request runs, the client's connection, and its place in the configuration. */
abstract class RequestHandle {
    private final HttpConnection connection;
    private @Nullable RequestState state;

    RequestHandle(HttpConnection connection) {
        this.connection = connection;
    }

    final void begin(RequestState r) {
        state = r;
    }

    final void over() {
        state = null;
    }

    final boolean runs(RequestState r) {
        return state == r;
    }

    final RequestState state() {
        RequestState running = state;
        if (running == null) {
            throw new IllegalStateException("the request is over: its handle was kept too long");
        }
        return running;
    }

    final @Nullable RequestState stateOrNull() {
        return state;
    }

    final HttpConnection owner() {
        return connection;
    }

    /** Whether the handle can be used: false once the request is over. */
    public final boolean isRunning() {
        return state != null;
    }

    public final Connection connection() {
        return connection.connection();
    }

    /** Memory that lives as long as the request the client sent. */
    public final Pool pool() {
        state();
        return connection.pool();
    }

    // ---- its place in the configuration

    /** The record of a plugin for the location that answers; for the server, as long as none is found. */
    @SuppressWarnings("unchecked")
    public final <R extends Record> R settings(LocationSettings<R> key) {
        Record found = state().location().settings().get(key);
        if (found == null) {
            throw new IllegalArgumentException("these settings were not given to HttpBinder.settings");
        }
        return (R) found;
    }

    /** What a plugin has made of the location that answers. */
    public final <T> T part(LocationPart<T> part) {
        return part.in(state().location().parts());
    }

    /** The logs of the place that answers. */
    final PlaceLogs logs() {
        return state().location().logs();
    }

    /** The location's path, as the configuration writes it; {@code /} for the server itself. */
    public final String location() {
        return state().location().name();
    }

    /** The value of a template for this request, lent until the next one is evaluated on this worker. */
    public final BytesSink evaluate(Template<HttpRequest> template) {
        BytesSink sink = connection.worker().sink();
        template.evaluate(handle(), sink);
        return sink;
    }

    abstract HttpRequest handle();
}
