package io.sluice.upstream;

import io.sluice.core.log.LogContext;
import io.sluice.core.log.LogLine;
import io.sluice.core.log.LogOrigin;
import org.jspecify.annotations.Nullable;

/**
 * What stands around the lines about attempts: what the client's lines have, and the peer that is tried.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class PeerContext implements LogContext {
    private final LogContext client;
    private @Nullable Peer peer;

    PeerContext(LogContext client) {
        this.client = client;
    }

    /** The peer of the attempt; null before the first. */
    void peer(@Nullable Peer tried) {
        peer = tried;
    }

    @Override
    public LogOrigin origin() {
        return client.origin();
    }

    @Override
    public long connectionNumber() {
        return client.connectionNumber();
    }

    @Override
    public void appendTo(LogLine line) {
        client.appendTo(line);
        Peer tried = peer;
        if (tried != null) {
            line.append(", upstream: \"").append(tried.toString()).append('"');
        }
    }
}
