package io.sluice.upstream;

import io.sluice.core.variable.BytesSink;
import io.sluice.upstream.sticky.StickyClient;
import io.sluice.upstream.sticky.StickyRequest;
import io.sluice.upstream.sticky.StickyWorker;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The conversation of one request with the stickiness of its upstream, which is code of a plugin: what it throws ends here, in one line of
 * the log and in the worker's count of failures, and reads as if it had wished for nothing. Made for a client connection whose first request
 * goes to a sticky upstream, and used for all that follow.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class StickyAttempts implements StickyRequest {
    private static final BiConsumer<StickyWorker, StickyRequest> WISH = StickyWorker::wish;
    private static final BiConsumer<StickyWorker, StickyRequest> TAKEN = StickyWorker::taken;
    private static final BiConsumer<StickyWorker, StickyRequest> ANSWERED = StickyWorker::answered;
    private static final BiConsumer<StickyWorker, StickyRequest> SERVED = StickyWorker::served;

    private final Balancing balancing;
    private final BytesSink value;
    private @Nullable StickyWorker method;
    private @Nullable StickyClient client;

    /** What the method keeps from request to request. */
    private @Nullable Object note;

    private boolean answered;

    /** @param value lent by the worker for what is asked for between two statements */
    StickyAttempts(Balancing balancing, BytesSink value) {
        this.balancing = balancing;
        this.value = value;
    }

    /** A request begins. */
    void begin(StickyWorker by, StickyClient of) {
        if (method != by) {
            method = by;
            note = null;
        }
        client = of;
        answered = false;
    }

    /** An attempt begins: it may have a wish. */
    void wish() {
        answered = false;
        balancing.selection().hint(null);
        tell(WISH);
    }

    void taken() {
        tell(TAKEN);
    }

    /** The peer's head is there. */
    void answered() {
        answered = true;
        tell(ANSWERED);
    }

    /** The peer that is held will be given back, as one that has not failed. */
    void served() {
        if (answered) {
            tell(SERVED);
        }
    }

    private void tell(BiConsumer<StickyWorker, StickyRequest> what) {
        StickyWorker told = method;
        if (told == null) {
            return;
        }
        try {
            what.accept(told, this);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError failure) {
            balancing.stickinessFailed(failure);
        }
    }

    @Override
    public BytesSink text(int index) {
        value.reset();
        client().text(index, value);
        return value;
    }

    @Override
    public BytesSink kept(byte[] lowerCase) {
        value.reset();
        client().kept(lowerCase, value);
        return value;
    }

    @Override
    public void want(byte[] sid, int length) {
        balancing.selection().hint(sid, length);
    }

    @Override
    public void want(String sid) {
        balancing.selection().hint(sid);
    }

    @Override
    public String sid() {
        return balancing.peer().sid();
    }

    @Override
    public void tell(BytesSink what) {
        client().tell(what.array(), what.count());
    }

    @Override
    public @Nullable Object note() {
        return note;
    }

    @Override
    public void note(Object kept) {
        note = kept;
    }

    private StickyClient client() {
        StickyClient current = client;
        if (current == null) {
            throw new IllegalStateException("no request has begun");
        }
        return current;
    }
}
