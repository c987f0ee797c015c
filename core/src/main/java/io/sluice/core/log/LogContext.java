package io.sluice.core.log;

/**
 * Who a line is about: what stands around its text. A connection is one; so is a {@link LogOrigin}, for what is said
 * outside of any connection.
 *
 * <p><b>Thread:</b> that of the caller who logs.
 */
public interface LogContext {
    /** The process and worker that speak. */
    LogOrigin origin();

    /** Printed as {@code *NUMBER}; 0 if this is not about a connection. */
    long connectionNumber();

    /**
     * Appends what follows the text, with its own comma: {@code , client: 192.0.2.1, server: …}, or a part of a sentence
     * first: {@code  while reading client request, client: …}. What does not fit the line is cut, so the most telling
     * comes first. Not called for {@link LogLevel#DEBUG}.
     */
    void appendTo(LogLine line);
}
