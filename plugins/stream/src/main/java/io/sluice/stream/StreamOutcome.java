package io.sluice.stream;

/** What a handler says of a session. */
public enum StreamOutcome {
    /** Nothing: the next handler is asked. */
    DECLINED,
    /** The rest of the phase is not asked (nginx: OK). */
    NEXT_PHASE,
    /** It goes on when {@link StreamSession#resume} is called with the ticket of {@link StreamSession#park}. */
    PARKED,
    /** In the phase PREREAD only: the handler is to be called again when there are more bytes than in {@link StreamSession#preread}. */
    MORE,
    /** In the phase CONTENT only: the handler has the session now, hears of it as its {@link SessionListener}, and will end it. */
    TAKEN,
    /** It is over: {@link StreamSession#end} was called. */
    ENDED
}
