package io.sluice.stream;

import io.sluice.core.connection.Direction;
import io.sluice.core.log.LogLine;

/**
 * Who has taken a session, as it hears of its client.
 *
 * <p><b>Thread:</b> the worker's.
 */
public interface SessionListener {
    /** The client's connection can be read. */
    default void clientReadable() {}

    /** The client's connection can be written again. */
    default void clientWritable() {}

    /** A timer of the client's connection expired. */
    default void clientTimedOut(Direction direction) {}

    /** What {@link SessionMemory#reserve} has refused may be had now. */
    default void memoryFreed() {}

    /** What is being done, for log lines, as {@code proxying connection}. */
    default String action() {
        return "";
    }

    /** Adds to log lines about the session what the listener knows, with its own comma. */
    default void appendTo(LogLine line) {}

    /** The session is over: give back what is held. Its status is known, its line in the access log is not yet written. Called once. */
    default void ended() {}
}
