package io.sluice.core.accesslog;

import io.sluice.core.log.LineBuffer;
import io.sluice.core.log.LogFile;
import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One worker's way into one access log: a line per request or session, put together without garbage.
 *
 * <p><b>Thread:</b> the worker's.
 *
 * @param <C> what its lines are about
 */
final class AccessLog<C> {
    private static final int BLOCK_BYTES = 60 * 1024;

    /** What a disk that stands still for a second may cost a busy worker; made as they are needed. */
    private static final int BLOCKS = 64;

    private static final int LINE_BYTES = 24 * 1024;

    /** Kept for each value behind one that is long. */
    private static final int VALUE_BYTES = 128;

    /** For the value of a variable between two statements. */
    private final BytesSink sink;

    private final LineBuffer lines;
    private final List<Template.Part<C>> parts;
    private final LogEscape escape;
    private final @Nullable Template<C> condition;
    private final int perByte;

    /** Of each part, what the parts behind it must find. */
    private final int[] kept;

    AccessLog(BytesSink sink, LogFile file, AccessLogConf<C> conf) {
        this.sink = sink;
        this.lines = new LineBuffer(file, BLOCK_BYTES, BLOCKS);
        this.parts = conf.format().parts();
        this.escape = conf.escape();
        this.condition = conf.condition();
        this.perByte = perByte(escape);
        this.kept = kept(parts);
    }

    private static int perByte(LogEscape escape) {
        return switch (escape) {
            case DEFAULT -> 4;
            case JSON -> 6;
            case NONE -> 1;
        };
    }

    private static <C> int[] kept(List<Template.Part<C>> parts) {
        int[] kept = new int[parts.size()];
        int behind = 0;
        for (int i = kept.length - 1; i >= 0; i--) {
            kept[i] = behind;
            behind += switch (parts.get(i)) {
                case Template.Literal<C> literal -> literal.bytes().length;
                case Template.Value<C> _ -> VALUE_BYTES;
            };
        }
        return kept;
    }

    /**
     * Hands over what was logged, unless the log's thread still has to take what it got before: the buffer goes on filling then, else a
     * slow disk would use all buffers up for a line each.
     *
     * @return whether nothing is left
     */
    boolean handOver() {
        if (!lines.hasLines()) {
            return true;
        }
        if (lines.inFlight()) {
            return false;
        }
        lines.flush();
        return true;
    }

    /** Hands over the rest. */
    void flush() {
        lines.flush();
    }

    void write(C about) {
        if (!isWanted(about) || !lines.begin(LINE_BYTES)) {
            return;
        }
        for (int i = 0; i < parts.size(); i++) {
            switch (parts.get(i)) {
                case Template.Literal<C> literal -> lines.put(literal.bytes(), 0, literal.bytes().length);
                case Template.Value<C> value -> {
                    sink.reset();
                    boolean known = value.variable().evaluator().write(about, sink) && sink.count() > 0;
                    // A value that would not leave room for the rest is cut.
                    int most = Math.max(0, (lines.room() - kept[i]) / perByte);
                    put(sink.array(), known ? Math.min(sink.count(), most) : 0);
                }
            }
        }
        lines.commit();
    }

    private void put(byte[] value, int length) {
        switch (escape) {
            case DEFAULT -> {
                if (length == 0) {
                    lines.put((byte) '-'); // as in nginx
                } else {
                    lines.putEscaped(value, 0, length);
                }
            }
            case JSON -> lines.putJson(value, 0, length);
            case NONE -> lines.put(value, 0, length);
        }
    }

    private boolean isWanted(C about) {
        Template<C> asked = condition;
        if (asked == null) {
            return true;
        }
        sink.reset();
        asked.evaluate(about, sink);
        return sink.count() > 1 || (sink.count() == 1 && sink.array()[0] != '0');
    }
}
