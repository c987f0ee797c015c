package io.sluice.stream;

import io.sluice.core.accesslog.WorkerLogs;
import io.sluice.core.connection.BufferedBit;
import io.sluice.core.log.ErrorLog;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.core.plugin.WorkerKey;
import io.sluice.core.variable.BytesSink;
import org.jspecify.annotations.Nullable;

/**
 * What all sessions of one worker share: handlers, logs, scratch memory. One per worker and cycle.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class StreamWorker implements AutoCloseable {
    static final WorkerKey<StreamWorker> KEY = WorkerKey.of("stream");

    private static final int SINK_BYTES = 1024;
    private static final int SINK_MOST = 1 << 20;

    private final WorkerContext context;
    private final BytesSink sink = new BytesSink(SINK_BYTES, SINK_MOST);
    private final BufferedBit writeBit;
    private final StreamPhases phases;
    private final @Nullable StreamHandler[] contents;
    private final WorkerLogs<StreamSession> logs;
    private long tickets;

    StreamWorker(WorkerContext context, StreamCycle cycle) {
        this.context = context;
        this.writeBit = cycle.writeBit();
        this.phases = new StreamPhases(this, cycle.handlers(context));
        this.contents = new StreamHandler[cycle.servers().size()];
        for (ServerConf server : cycle.servers()) {
            HandlerFactory factory = server.content();
            contents[server.index()] = factory == null ? null : factory.make(context);
        }
        this.logs = new WorkerLogs<>(context, cycle.logs()); // the last: what fails before it leaves no file open
    }

    WorkerContext context() {
        return context;
    }

    /** For the value of a text between two statements. */
    BytesSink sink() {
        sink.reset();
        return sink;
    }

    BufferedBit writeBit() {
        return writeBit;
    }

    StreamPhases phases() {
        return phases;
    }

    /** A number that was never given to anybody on this worker. */
    long nextTicket() {
        return ++tickets;
    }

    @Nullable
    StreamHandler content(ServerConf server) {
        return contents[server.index()];
    }

    /** Where errors are told that happen to sessions of a server. */
    ErrorLog errorLog(ServerConf server) {
        return logs.error(server.logs());
    }

    /** The session is over. */
    void log(StreamSession session) {
        phases.log(session);
        logs.access(session.listen().server().logs(), session);
    }

    /** The worker leaves the cycle: the last lines go out. */
    @Override
    public void close() {
        logs.close();
    }
}
