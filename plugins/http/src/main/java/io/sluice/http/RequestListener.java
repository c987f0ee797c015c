package io.sluice.http;

/**
 * Whoever has parked a request and wants to know what its client does meanwhile. Set by {@link HttpRequest#listener}, forgotten when the
 * request ends.
 *
 * <p><b>Thread:</b> the worker's.
 */
public interface RequestListener {
    /** Bytes of the request's body may be there: see {@link HttpRequest#readBody}. */
    default void bodyReadable() {}

    /** The filters take more: what the socket or the turn in the page kept back has gone on its way. A filter may still hold some bytes. */
    default void writable() {}

    /** The client went away or a timeout of it expired. The listener lets go of what it holds; the request ends after this. */
    void aborted();
}
