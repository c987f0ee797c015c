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

    /** All output that was given to the filters is sent: more can be given. */
    default void writable() {}

    /** The client went away or a timeout of it expired. The listener lets go of what it holds; the request ends after this. */
    void aborted();
}
