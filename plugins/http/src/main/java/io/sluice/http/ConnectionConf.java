package io.sluice.http;

import io.sluice.http.parse.HeadLimits;

/** {@link ConnectionSettings} in the units in which they are used at each request. Immutable. */
final class ConnectionConf {
    private final long keepaliveTimeoutMillis;
    private final int keepaliveRequests;
    private final long keepaliveTimeNanos;
    private final long clientHeaderTimeoutMillis;
    private final long clientBodyTimeoutMillis;
    private final long sendTimeoutMillis;
    private final LingeringClose lingeringClose;
    private final long lingeringTimeMillis;
    private final long lingeringTimeoutMillis;
    private final int clientHeaderBufferBytes;
    private final int largeHeaderBuffers;
    private final int largeHeaderBufferBytes;
    private final HeadLimits headLimits;

    ConnectionConf(ConnectionSettings settings) {
        keepaliveTimeoutMillis = settings.keepaliveTimeout().toMillis();
        keepaliveRequests = settings.keepaliveRequests();
        keepaliveTimeNanos = settings.keepaliveTime().toNanos();
        clientHeaderTimeoutMillis = settings.clientHeaderTimeout().toMillis();
        clientBodyTimeoutMillis = settings.clientBodyTimeout().toMillis();
        sendTimeoutMillis = settings.sendTimeout().toMillis();
        lingeringClose = settings.lingeringClose();
        lingeringTimeMillis = settings.lingeringTime().toMillis();
        lingeringTimeoutMillis = settings.lingeringTimeout().toMillis();
        clientHeaderBufferBytes = (int) settings.clientHeaderBufferSize().count();
        largeHeaderBuffers = settings.largeClientHeaderBuffers().number();
        largeHeaderBufferBytes =
                (int) settings.largeClientHeaderBuffers().size().count();
        // A line must fit one large buffer.
        headLimits = new HeadLimits(
                largeHeaderBufferBytes,
                largeHeaderBufferBytes,
                settings.maxHeaders(),
                largeHeaderBufferBytes * largeHeaderBuffers + clientHeaderBufferBytes);
    }

    long keepaliveTimeoutMillis() {
        return keepaliveTimeoutMillis;
    }

    int keepaliveRequests() {
        return keepaliveRequests;
    }

    long keepaliveTimeNanos() {
        return keepaliveTimeNanos;
    }

    long clientHeaderTimeoutMillis() {
        return clientHeaderTimeoutMillis;
    }

    long clientBodyTimeoutMillis() {
        return clientBodyTimeoutMillis;
    }

    long sendTimeoutMillis() {
        return sendTimeoutMillis;
    }

    LingeringClose lingeringClose() {
        return lingeringClose;
    }

    long lingeringTimeMillis() {
        return lingeringTimeMillis;
    }

    long lingeringTimeoutMillis() {
        return lingeringTimeoutMillis;
    }

    int clientHeaderBufferBytes() {
        return clientHeaderBufferBytes;
    }

    int largeHeaderBuffers() {
        return largeHeaderBuffers;
    }

    int largeHeaderBufferBytes() {
        return largeHeaderBufferBytes;
    }

    HeadLimits headLimits() {
        return headLimits;
    }
}
