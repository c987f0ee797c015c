package io.sluice.proxy;

import io.sluice.core.plugin.StageSettings;
import io.sluice.core.variable.Template;
import io.sluice.http.HttpRequest;
import io.sluice.http.LocationView;
import io.sluice.upstream.ConnectOptions;
import io.sluice.upstream.RetryPolicy;
import io.sluice.upstream.Upstream;
import io.sluice.upstream.Upstreams;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How one location is proxied, ready for use. Immutable, shared by all workers.
 *
 * @param bind the local address of connections, where it depends on the request
 * @param key what requests are balanced by, where that is told
 * @param path what takes the place of the location's path in the target; null to pass the target as it came
 * @param locationLength bytes of the location's path
 * @param headers what is sent whatever the client sent
 * @param forceRanges whether ranges are cut here out of whole answers
 */
record ProxyConf(
        Upstream upstream,
        ConnectOptions connect,
        @Nullable Template<HttpRequest> bind,
        @Nullable Template<HttpRequest> key,
        RetryPolicy retry,
        long sendTimeoutMillis,
        long readTimeoutMillis,
        int bufferBytes,
        int busyBytes,
        byte @Nullable [] path,
        int locationLength,
        SentHeaders headers,
        boolean forceRanges) {

    private static final String SCHEME = "http://";

    /** Answers null if something is wrong, which has been reported. */
    static @Nullable ProxyConf read(LocationView location, Upstreams upstreams, StageSettings stages) {
        ProxySettings settings = location.settings(ProxySettings.KEY);
        String pass = settings.pass().orElse("");
        if (!pass.startsWith(SCHEME) || pass.length() == SCHEME.length()) {
            location.problem(
                    "proxy.pass", "must be http:// and the name of an upstream or an address, is \"" + pass + "\"");
            return null;
        }
        int slash = pass.indexOf('/', SCHEME.length());
        String host = slash < 0 ? pass.substring(SCHEME.length()) : pass.substring(SCHEME.length(), slash);
        String path = slash < 0 ? null : pass.substring(slash);
        try {
            Upstream upstream = upstreams.of(host, 80);
            Reaching reaching = Reaching.read(location, settings, stages);
            boolean nonIdempotent = settings.nextUpstream().contains(NextUpstream.NON_IDEMPOTENT);
            return new ProxyConf(
                    upstream,
                    new ConnectOptions(settings.connectTimeout().toMillis(), reaching.reach()),
                    reaching.bind(),
                    upstream.keyText() == null ? null : location.template("proxy.pass", upstream.keyText()),
                    new RetryPolicy(
                            NextUpstream.bits(settings.nextUpstream()),
                            settings.nextUpstreamTries(),
                            settings.nextUpstreamTimeout().toMillis(),
                            nonIdempotent),
                    settings.sendTimeout().toMillis(),
                    settings.readTimeout().toMillis(),
                    (int) settings.bufferSize().count(),
                    (int) settings.busyBufferSize().count(),
                    path == null ? null : path.getBytes(StandardCharsets.UTF_8),
                    location.path().length(),
                    SentHeaders.read(location, settings.setHeader(), host),
                    settings.forceRanges());
        } catch (IllegalArgumentException wrong) {
            location.problem("proxy.pass", String.valueOf(wrong.getMessage()));
            return null;
        }
    }
}
