package io.sluice.stream.proxy;

import io.sluice.core.connection.Outgoing;
import io.sluice.stream.ServerView;
import io.sluice.upstream.RetryPolicy;
import io.sluice.upstream.Upstreams;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How the sessions of one server are proxied, ready for use. Immutable, shared by all workers.
 *
 * @param bufferBytes of each direction
 * @param bulkBytes of a direction whose bytes come as fast as they can be read
 * @param reaching how connections to peers are made
 * @param timeoutMillis without a byte in either direction
 * @param requests datagrams of a client after which its next begins a new session; 0 for no limit
 * @param responses datagrams of a peer for each of the client that end a session; {@link #UNLIMITED} if none does
 */
record ProxyConf(
        Target target,
        Reaching reaching,
        RetryPolicy retry,
        long timeoutMillis,
        int bufferBytes,
        int bulkBytes,
        Rate upload,
        Rate download,
        boolean halfClose,
        int requests,
        long responses) {
    static final long UNLIMITED = -1;

    private static final int CONDITIONS = RetryPolicy.ERROR | RetryPolicy.TIMEOUT;

    /**
     * Answers null if something is wrong, which has been reported.
     *
     * @param ways hears how connections will be made
     */
    static @Nullable ProxyConf read(ServerView server, ProxyKeys keys, Upstreams upstreams, Consumer<Outgoing> ways) {
        ProxySettings settings = keys.settings();
        int buffer = blockBytes((int) settings.bufferSize().count());
        server.reserve(2 * buffer);
        Rate upload = Rate.read(server, "proxy.upload-rate", settings.uploadRate());
        Rate download = Rate.read(server, "proxy.download-rate", settings.downloadRate());
        Reaching reaching = Reaching.read(server, keys, ways);
        Target target = Target.read(server, settings.pass().orElse(""), upstreams);
        if (target == null) {
            return null;
        }
        return new ProxyConf(
                target,
                reaching,
                new RetryPolicy(
                        settings.nextUpstream() ? CONDITIONS : 0,
                        settings.nextUpstreamTries(),
                        settings.nextUpstreamTimeout().toMillis(),
                        false),
                settings.timeout().toMillis(),
                buffer,
                Math.max(buffer, blockBytes((int) settings.bulkBufferSize().count())),
                upload,
                download,
                settings.halfClose(),
                settings.requests(),
                settings.responses().map(Integer::longValue).orElse(UNLIMITED));
    }

    /** Memory comes in powers of two. */
    private static int blockBytes(int wanted) {
        return Integer.highestOneBit(wanted - 1) << 1;
    }
}
