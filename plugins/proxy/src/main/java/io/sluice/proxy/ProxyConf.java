package io.sluice.proxy;

import io.sluice.core.variable.Template;
import io.sluice.http.HttpRequest;
import io.sluice.upstream.ConnectOptions;
import io.sluice.upstream.RetryPolicy;
import io.sluice.upstream.Upstream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one location is proxied, ready for use. Immutable, shared by all workers.
 *
 * @param host as {@code proxy.pass} writes it, perhaps with a port
 * @param bind the local address of connections, where it depends on the request
 * @param key what requests are balanced by, where that is told
 * @param sticky what the stickiness of the upstream wants to know of each request; null if it has none
 * @param path what takes the place of the location's path in the target; null to pass the target as it came
 * @param locationLength bytes of the location's path
 * @param headers what is sent whatever the client sent
 * @param forceRanges whether ranges are cut here out of whole answers
 * @param ignoredHeaders of {@link AccelHeader#bits}
 */
record ProxyConf(
        Upstream upstream,
        String host,
        ConnectOptions connect,
        @Nullable Template<HttpRequest> bind,
        @Nullable Template<HttpRequest> key,
        @Nullable List<Template<HttpRequest>> sticky,
        RetryPolicy retry,
        long sendTimeoutMillis,
        long readTimeoutMillis,
        int bufferBytes,
        int busyBytes,
        byte @Nullable [] path,
        int locationLength,
        SentHeaders headers,
        boolean forceRanges,
        int ignoredHeaders) {}
