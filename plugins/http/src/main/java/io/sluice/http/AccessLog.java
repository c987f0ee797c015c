package io.sluice.http;

import io.sluice.core.log.LineBuffer;
import io.sluice.core.log.LogFile;
import io.sluice.core.time.Timer;
import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One worker's way into the access log: a line per request, put together without garbage and handed to the log's thread at the end of
 * the turn.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class AccessLog {
    private static final int BLOCK_BYTES = 60 * 1024;
    private static final int BLOCKS = 8;
    private static final long LATE_MILLIS = 100;
    private static final int LINE_BYTES = 24 * 1024;

    private final HttpWorker worker;
    private final LineBuffer lines;
    private final List<Template.Part<HttpRequest>> parts;
    private final int mostPerValue;
    private final Timer late;

    private AccessLog(HttpWorker worker, LineBuffer lines, Template<HttpRequest> format) {
        this.worker = worker;
        this.lines = lines;
        this.parts = format.parts();
        this.mostPerValue = mostPerValue(parts);
        this.late = worker.context().timers().create(lines::flush, true);
    }

    /** So much of each value that no line can overflow, though each byte may be escaped to four. */
    private static int mostPerValue(List<Template.Part<HttpRequest>> parts) {
        int literals = 0;
        int values = 1;
        for (Template.Part<HttpRequest> part : parts) {
            switch (part) {
                case Template.Literal<HttpRequest> literal -> literals += literal.bytes().length;
                case Template.Value<HttpRequest> _ -> values++;
            }
        }
        return Math.max(0, LINE_BYTES - literals) / values / 4;
    }

    static AccessLog open(AccessLogSettings settings, HttpWorker worker) {
        Path path = worker.context().prefix().resolve(settings.file());
        try {
            Path folder = path.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            LogFile file =
                    worker.context().logs().openRecords(path, worker.context().log());
            LineBuffer lines = new LineBuffer(file, BLOCK_BYTES, BLOCKS);
            AccessLog log = new AccessLog(worker, lines, settings.format());
            worker.context().atTurnEnd(log::turnEnds);
            return log;
        } catch (IOException failure) {
            throw new UncheckedIOException("the access log " + path + " cannot be opened", failure);
        }
    }

    /**
     * Hands over what the turn has logged. While the log's thread still writes, the buffer goes on filling instead: else a slow disk would
     * use all buffers up for a line each.
     */
    private void turnEnds() {
        if (!lines.hasLines()) {
            return;
        }
        if (!lines.inFlight()) {
            lines.flush();
        } else if (!late.isSet()) {
            late.setMillis(LATE_MILLIS);
        }
    }

    /** Hands over the rest. */
    void close() {
        late.cancel();
        lines.flush();
    }

    /** What a variable without a value prints is a dash, as in nginx. */
    void write(HttpRequest request) {
        if (!lines.begin(LINE_BYTES)) {
            return;
        }
        for (int i = 0; i < parts.size(); i++) {
            switch (parts.get(i)) {
                case Template.Literal<HttpRequest> literal -> lines.put(literal.bytes(), 0, literal.bytes().length);
                case Template.Value<HttpRequest> value -> {
                    BytesSink sink = worker.sink();
                    if (value.variable().evaluator().write(request, sink) && sink.count() > 0) {
                        lines.putEscaped(sink.array(), 0, Math.min(sink.count(), mostPerValue));
                    } else {
                        lines.put((byte) '-');
                    }
                }
            }
        }
        lines.commit();
    }
}
