package io.sluice.http;

import io.sluice.core.accesslog.PlaceLogs;
import io.sluice.core.accesslog.WorkerLogs;
import io.sluice.core.buffer.MemoryBudget;
import io.sluice.core.connection.BufferedBit;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.core.plugin.WorkerKey;
import io.sluice.core.time.CachedTime;
import io.sluice.core.variable.BytesSink;
import io.sluice.http.parse.ChunkLimits;
import io.sluice.http.parse.ChunkedDecoder;
import io.sluice.http.parse.KnownHeaders;
import io.sluice.http.parse.RequestHeadParser;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all HTTP connections of one worker share: handlers, filters, parsers, scratch memory. One per worker and cycle.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class HttpWorker implements AutoCloseable {
    static final WorkerKey<HttpWorker> KEY = WorkerKey.of("http");

    /** The largest block and what a normalised path may add to it. */
    private static final int SCRATCH_BYTES = 2 * 65_536;

    /** Extensions nobody uses, trailers are small: what is more is an attack. */
    private static final ChunkLimits CHUNK_LIMITS = new ChunkLimits(4096, 8192, 64);

    private static final int KEPT_STATES = 256;
    private static final int SINK_BYTES = 1024;
    private static final int SINK_MOST = 1 << 20;

    private final WorkerContext context;
    private final HttpCycle cycle;
    private final byte[] scratch = new byte[SCRATCH_BYTES];
    private final BytesSink sink = new BytesSink(SINK_BYTES, SINK_MOST);
    private final RequestBody bodies = new RequestBody(scratch);
    private final ArrayDeque<RequestState> states = new ArrayDeque<>();
    private final HeadReader heads = new HeadReader(this);
    private final Keepalive keepalive = new Keepalive(this);
    private final Lingering lingering = new Lingering(this);
    private final Subrequests subrequests = new Subrequests(this);
    private final ClientWatch watch = new ClientWatch(subrequests);
    private final Redirects redirects = new Redirects();
    private final Completion completion = new Completion(this);
    private final int socketBits;
    private final Phases phases;
    private final HttpFilter filters;
    private final @Nullable HttpHandler[] contents;
    private final ServerHeader serverHeader;
    private final WorkerLogs<HttpRequest> logs;
    private long tickets;

    HttpWorker(WorkerContext context, HttpCycle cycle) {
        this.context = context;
        this.cycle = cycle;
        this.socketBits = BufferedBit.LOW_LEVEL | cycle.writeBit().mask();
        this.serverHeader = new ServerHeader(context.time());
        this.filters = cycle.filterChain(this);
        Map<Phase, List<HttpHandler>> byPhase = new EnumMap<>(Phase.class);
        cycle.phaseHandlers(context, byPhase);
        this.phases = new Phases(this, byPhase);
        this.contents = new HttpHandler[cycle.locations().size()];
        for (LocationConf location : cycle.locations()) {
            ContentFactory factory = location.content();
            contents[location.index()] = factory == null ? null : factory.make(context);
        }
        this.logs = new WorkerLogs<>(context, cycle.logs()); // the last: what fails before it leaves no file open
    }

    WorkerContext context() {
        return context;
    }

    HttpCycle cycle() {
        return cycle;
    }

    CachedTime time() {
        return context.time();
    }

    MemoryBudget budget() {
        return context.budget();
    }

    /** What one exchange may take of the budget: reserved when its first byte comes. */
    int exchangeBytes() {
        return cycle.exchangeBytes();
    }

    /** For bytes between two statements; whoever calls anything else has lost them. */
    byte[] scratch() {
        return scratch;
    }

    /** For the value of a variable between two statements. */
    BytesSink sink() {
        sink.reset();
        return sink;
    }

    KnownHeaders knownHeaders() {
        return KnownHeaders.STANDARD;
    }

    /** Reads the bodies of requests. */
    RequestBody bodies() {
        return bodies;
    }

    /** Reads the heads of requests. */
    HeadReader heads() {
        return heads;
    }

    Keepalive keepalive() {
        return keepalive;
    }

    Lingering lingering() {
        return lingering;
    }

    Subrequests subrequests() {
        return subrequests;
    }

    Redirects redirects() {
        return redirects;
    }

    ClientWatch watch() {
        return watch;
    }

    /** Ends requests. */
    Completion completion() {
        return completion;
    }

    /** Buffered bits of a connection that say: the socket, or what wraps it, has not taken all. */
    int socketBits() {
        return socketBits;
    }

    /** A number that was never given to anybody on this worker. */
    long nextTicket() {
        return ++tickets;
    }

    Phases phases() {
        return phases;
    }

    /** The first filter that output meets. */
    HttpFilter filters() {
        return filters;
    }

    ServerHeader serverHeader() {
        return serverHeader;
    }

    @Nullable
    HttpHandler content(LocationConf location) {
        return contents[location.index()];
    }

    /** Where errors are told that happen in a place. */
    ErrorLog errorLog(PlaceLogs place) {
        return logs.error(place);
    }

    void log(HttpRequest request) {
        phases.log(request);
        logs.access(request.logs(), request);
    }

    /** The worker leaves the cycle: the last lines go out. */
    @Override
    public void close() {
        logs.close();
    }

    RequestState takeState() {
        RequestState state = states.pollLast();
        if (state == null) {
            state = new RequestState(
                    new ReceivedHead(new RequestHeadParser(cycle.largestHeads(), knownHeaders())),
                    new ChunkedDecoder(CHUNK_LIMITS, knownHeaders()));
        }
        return state;
    }

    /** Keeps some: what was needed once at the same time may be needed again, a flood need not be remembered. */
    void giveBack(RequestState state) {
        state.reset();
        if (states.size() < KEPT_STATES) {
            states.addLast(state);
        }
    }
}
