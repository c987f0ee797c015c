package io.sluice.upstream.balance;

/**
 * The peers of a group as one request meets them. All of them, also those it may not try: the index of a peer means the
 * same for every request, so that a hash always finds the same one.
 */
public interface Candidates extends Peers {
    /** What {@link #rampPermille} answers for a peer that gets all of its weight. */
    int WHOLE = 1000;

    /**
     * Whether the request may try it: not down, not draining, not resting after failures, not reported as unwell, not
     * full, not removed meanwhile, not tried by this request before.
     */
    boolean mayTry(int index);

    /**
     * How much of its weight a peer gets now, in thousandths: less than {@link #WHOLE} while it starts slowly after it
     * came back, never less than 1. For a balancer that can weigh in thousandths: with {@link #effectiveWeight} a peer
     * of weight 1 has no slow start.
     */
    default int rampPermille(int index) {
        return WHOLE;
    }

    /** Its weight as {@link #rampPermille} says now, at least 1. Equals {@link #weight} but for slow start. */
    default int effectiveWeight(int index) {
        int ramp = rampPermille(index);
        int weight = weight(index);
        return ramp == WHOLE ? weight : (int) Math.max(1, (long) weight * ramp / WHOLE);
    }
}
