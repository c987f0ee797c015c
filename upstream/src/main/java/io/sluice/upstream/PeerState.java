package io.sluice.upstream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all workers together know of one peer, over all sets of its upstream that have it.
 *
 * <p><b>Thread:</b> any. The counters are exact.
 */
final class PeerState {
    private static final VarHandle ACTIVE;

    static {
        try {
            ACTIVE = MethodHandles.lookup().findVarHandle(PeerState.class, "active", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Changed by {@link #ACTIVE} only. */
    @SuppressWarnings("UnusedVariable")
    private volatile int active;

    /** Written under this object's lock, like the four below. */
    volatile int fails;

    /** Monotonic milliseconds of the last failure, or of the last time it was tried in spite of failures. */
    volatile long checkedMillis;

    /** Monotonic milliseconds of the last failure. */
    long accessedMillis;

    /** Whether it came back, so that it starts slowly; {@link #backMillis} says when. */
    volatile boolean back;

    /** Monotonic milliseconds. Written before {@link #back}. */
    volatile long backMillis;

    /** Whether a check says that it does not work. */
    volatile boolean unwell;

    /** Whether the upstream has it no more. */
    volatile boolean removed;

    /** TLS sessions by what else makes two connections different. Never changed, only replaced. */
    private volatile Map<Reach, Object> sessions = Map.of();

    int active() {
        return active;
    }

    /** One more holds it, unless so many do. */
    boolean enter(int most) {
        if (most == 0) {
            ACTIVE.getAndAdd(this, 1);
            return true;
        }
        while (true) {
            int now = active;
            if (now >= most) {
                return false;
            }
            if (ACTIVE.compareAndSet(this, now, now + 1)) {
                return true;
            }
        }
    }

    void leave() {
        ACTIVE.getAndAdd(this, -1);
    }

    /** It may be used again and should not get all at once. */
    void cameBack(long nowMillis) {
        backMillis = nowMillis;
        back = true;
    }

    @Nullable
    Object session(Reach reach) {
        return sessions.get(reach);
    }

    void session(Reach reach, Object session) {
        synchronized (this) {
            Map<Reach, Object> copy = new HashMap<>(sessions);
            copy.put(reach, session);
            sessions = Map.copyOf(copy);
        }
    }
}
