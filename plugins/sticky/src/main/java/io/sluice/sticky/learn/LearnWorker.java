package io.sluice.sticky.learn;

import io.sluice.core.log.LogLevel;
import io.sluice.core.plugin.WorkerContext;
import io.sluice.core.variable.BytesSink;
import io.sluice.upstream.sticky.StickyRequest;
import io.sluice.upstream.sticky.StickyWorker;

/**
 * Finds the sessions of requests, and remembers those that answers begin (ngx_http_upstream_sticky_module.c, {@code sticky learn}).
 *
 * <p><b>Thread:</b> the worker's.
 */
final class LearnWorker implements StickyWorker {
    private static final long MILLI = 1_000_000;

    /** What clients keep of a cookie at most (RFC 6265, 6.1): what is longer is no session. */
    private static final int MOST_BYTES = 4096;

    private final Learn learn;
    private final WorkerContext worker;
    private final Digest digest = new Digest();

    /** A session that an answer has begun: it is remembered when the answer is whole. */
    private static final class Begun {
        long high;
        long low;
        boolean isSet;
    }

    LearnWorker(Learn learn, WorkerContext worker) {
        this.learn = learn;
        this.worker = worker;
    }

    @Override
    public void wish(StickyRequest request) {
        if (request.note() instanceof Begun former) {
            former.isSet = false;
        }
        if (digestFirst(request, 0, learn.lookups())) {
            String sid = learn.sessions().find(digest.high(), digest.low(), nowMillis());
            if (sid != null) {
                request.want(sid);
            }
        }
    }

    @Override
    public void answered(StickyRequest request) {
        if (!digestFirst(request, learn.lookups(), learn.texts().size())) {
            return;
        }
        if (learn.early()) {
            remember(digest.high(), digest.low(), request.sid());
            return;
        }
        Begun begun = begun(request);
        begun.high = digest.high();
        begun.low = digest.low();
        begun.isSet = true;
    }

    @Override
    public void served(StickyRequest request) {
        if (request.note() instanceof Begun begun && begun.isSet) {
            begun.isSet = false;
            remember(begun.high, begun.low, request.sid());
        }
    }

    private static Begun begun(StickyRequest request) {
        if (request.note() instanceof Begun known) {
            return known;
        }
        Begun made = new Begun();
        request.note(made);
        return made;
    }

    private void remember(long high, long low, String sid) {
        if (learn.sessions().put(high, low, sid, nowMillis())) {
            worker.log().log(LogLevel.WARN, full());
        }
    }

    private String full() {
        return "the table of sessions of " + learn.upstream()
                + " is full: the one unused for longest was forgotten, see sticky.learn.keys";
    }

    /** Digests the first of some texts that is not empty. Answers whether there is one that can be a session. */
    private boolean digestFirst(StickyRequest request, int from, int to) {
        for (int i = from; i < to; i++) {
            BytesSink value = request.text(i);
            if (!value.isEmpty()) {
                if (value.count() > MOST_BYTES) {
                    return false;
                }
                digest.of(value.array(), value.count());
                return true;
            }
        }
        return false;
    }

    private long nowMillis() {
        return worker.time().nanos() / MILLI;
    }
}
