package io.sluice.proxy;

import io.sluice.core.connection.Claim;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.core.plugin.WorkerKey;
import io.sluice.core.time.CachedTime;
import io.sluice.core.variable.BytesSink;
import io.sluice.http.HttpRequest;
import io.sluice.http.parse.ChunkLimits;
import io.sluice.http.parse.ChunkedDecoder;
import io.sluice.http.parse.HeadLimits;
import io.sluice.http.parse.KnownHeaders;
import io.sluice.http.parse.ResponseHeadParser;
import io.sluice.upstream.UpstreamWorker;
import java.util.ArrayDeque;
import java.util.function.Function;

/**
 * What all proxied exchanges of one worker share.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class ProxyWorker {
    static final WorkerKey<ProxyWorker> KEY = WorkerKey.of("proxy");

    private static final int LARGEST_HEAD = 64 * 1024;
    private static final HeadLimits HEADS = new HeadLimits(LARGEST_HEAD, LARGEST_HEAD, 1000, LARGEST_HEAD);
    private static final ChunkLimits CHUNKS = new ChunkLimits(4096, 16 * 1024, 100);
    private static final int KEPT = 256;

    private final CachedTime time;
    private final Claim<ProxySession> claim;
    private final UpstreamWorker upstreams;
    private final WantedHeaders wanted;
    private final BytesSink sink = new BytesSink(1024, 4 * LARGEST_HEAD);
    private final byte[] scratch = new byte[LARGEST_HEAD];
    private final ArrayDeque<ResponseReader> readers = new ArrayDeque<>();
    private final ArrayDeque<PeerReport> reports = new ArrayDeque<>();
    private final Function<HttpRequest, ProxySession> sessions = this::session;

    ProxyWorker(WorkerContext context, WantedHeaders wanted) {
        this.time = context.time();
        this.wanted = wanted;
        this.claim = context.claim(ProxyConsumer.KEY);
        this.upstreams = context.get(UpstreamWorker.KEY);
    }

    Claim<ProxySession> claim() {
        return claim;
    }

    UpstreamWorker upstreams() {
        return upstreams;
    }

    CachedTime time() {
        return time;
    }

    /** For a request that comes to a peer; to be given back when it has ended. */
    PeerReport takeReport() {
        PeerReport report = reports.pollLast();
        return report != null ? report : new PeerReport(new Tries(), new KeptHeaders(wanted, sink));
    }

    void giveBack(PeerReport report) {
        report.reset();
        if (reports.size() < KEPT) {
            reports.addLast(report);
        }
    }

    /** For bytes between two statements. */
    byte[] scratch() {
        return scratch;
    }

    /** Makes a client's session at its first proxied request. */
    Function<HttpRequest, ProxySession> sessions() {
        return sessions;
    }

    private ProxySession session(HttpRequest request) {
        return new ProxySession(this, request);
    }

    ResponseReader takeReader() {
        ResponseReader reader = readers.pollLast();
        return reader != null
                ? reader
                : new ResponseReader(
                        new ResponseHeadParser(HEADS, KnownHeaders.STANDARD),
                        new ChunkedDecoder(CHUNKS, KnownHeaders.STANDARD),
                        scratch);
    }

    void giveBack(ResponseReader reader) {
        if (readers.size() < KEPT) {
            readers.addLast(reader);
        }
    }
}
