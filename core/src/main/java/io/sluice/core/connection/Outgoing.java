package io.sluice.core.connection;

/**
 * A way in which a plugin will connect to others, said at load so that what is not possible is told before anything is opened.
 *
 * @param options as far as they are known then
 * @param where {@code file:line} of the setting, for messages
 */
public record Outgoing(OutgoingOptions options, String where) {}
