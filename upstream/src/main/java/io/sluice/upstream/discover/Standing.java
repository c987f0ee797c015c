package io.sluice.upstream.discover;

/** Who may be given a peer, whatever its load and its failures. */
public enum Standing {
    /** Every request. */
    UP,
    /** Only requests that want just this one, so that sessions end in peace. */
    DRAINING,
    /** Nobody. */
    DOWN
}
