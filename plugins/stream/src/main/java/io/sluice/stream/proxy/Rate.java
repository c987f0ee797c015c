package io.sluice.stream.proxy;

import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Template;
import io.sluice.stream.ServerView;
import io.sluice.stream.StreamSession;

/**
 * Bytes a second that one direction of a session may carry: a size as nginx writes it ({@code 100}, {@code 10k}, {@code 1m}), or a text
 * with variables that is one, asked once per session. Immutable.
 */
final class Rate {
    private static final long UNREADABLE = -1;

    private final Template<StreamSession> text;

    private Rate(Template<StreamSession> text) {
        this.text = text;
    }

    static Rate read(ServerView server, String key, String written) {
        Template<StreamSession> text = server.template(key, written);
        if (text.isConstant()) {
            byte[] bytes = text.constantBytes();
            if (parse(bytes, bytes.length) == UNREADABLE) {
                server.problem(
                        key, "must be bytes a second, as 100k, or a text with variables, is \"" + written + "\"");
            }
        }
        return new Rate(text);
    }

    /** 0 for no limit; also for a text that is no size, as nginx takes it. */
    long of(StreamSession session) {
        BytesSink sink = session.evaluate(text);
        return Math.max(0, parse(sink.array(), sink.count()));
    }

    static long parse(byte[] text, int length) {
        if (length == 0) {
            return UNREADABLE;
        }
        int shift = switch (text[length - 1]) {
            case 'k', 'K' -> 10;
            case 'm', 'M' -> 20;
            default -> 0;
        };
        int digits = shift == 0 ? length : length - 1;
        if (digits == 0 || digits > 12) {
            return UNREADABLE;
        }
        long value = 0;
        for (int i = 0; i < digits; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return UNREADABLE;
            }
            value = value * 10 + (text[i] - '0');
        }
        return value << shift;
    }
}
