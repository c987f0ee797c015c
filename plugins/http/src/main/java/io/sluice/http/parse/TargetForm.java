package io.sluice.http.parse;

/** The four shapes of a request target (RFC 9112, 3.2). */
public enum TargetForm {
    /** {@code /path?query}. */
    ORIGIN,
    /** {@code http://host/path?query}; the path may be empty and then means {@code /}. */
    ABSOLUTE,
    /** {@code host:port}, of CONNECT only. */
    AUTHORITY,
    /** {@code *}, of OPTIONS only. */
    ASTERISK
}
