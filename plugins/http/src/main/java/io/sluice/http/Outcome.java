package io.sluice.http;

/** What a handler says when it returns. */
public enum Outcome {
    /** The response has been given to the filters, or the request was finished in another way. */
    DONE,
    /**
     * Not finished: whoever has taken a ticket by {@link HttpRequest#park} calls {@link HttpRequest#resume} or {@link HttpRequest#finish}
     * with it, on this worker.
     */
    PARKED,
    /** Not mine: ask the next handler. */
    DECLINED,
    /** This phase is settled: go to the next one. For a content handler the same as {@link #DECLINED}. */
    NEXT_PHASE
}
