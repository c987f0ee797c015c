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
    private static final long NOT_BACK = Long.MIN_VALUE;
    private static final long JUST_BACK = NOT_BACK + 1;

    /** How many TLS sessions are kept: where clients choose the local address there are as many ways as clients. */
    static final int MOST_SESSIONS = 32;

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

    /** Written under this object's lock, like the two below. */
    volatile int fails;

    /** Monotonic milliseconds of the last failure, or of the last time it was tried in spite of failures. */
    volatile long checkedMillis;

    /** Monotonic milliseconds of the last failure. */
    long accessedMillis;

    /**
     * Since when it starts slowly: monotonic milliseconds, or {@link #NOT_BACK}, or {@link #JUST_BACK} until the first
     * request comes by that knows the time.
     */
    private volatile long backMillis = NOT_BACK;

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
    }

    /** As {@link #cameBack(long)}, for one who does not know the time of the workers. */
    void cameBack() {
        backMillis = JUST_BACK;
    }

    /** How long ago it came back, {@link Long#MAX_VALUE} if it never was away. */
    long backForMillis(long nowMillis) {
        long since = backMillis;
        if (since == NOT_BACK) {
            return Long.MAX_VALUE;
        }
        if (since == JUST_BACK) {
            // Several may do so at once; they differ by less than a turn.
            backMillis = nowMillis;
            return 0;
        }
        return nowMillis - since;
    }

    @Nullable
    Object session(Reach reach) {
        return sessions.get(reach);
    }

    void session(Reach reach, Object session) {
        synchronized (this) {
            Map<Reach, Object> copy = new HashMap<>(sessions);
            if (copy.size() == MOST_SESSIONS && !copy.containsKey(reach)) {
                copy.clear();
            }
            copy.put(reach, session);
            sessions = Map.copyOf(copy);
        }
    }
}
