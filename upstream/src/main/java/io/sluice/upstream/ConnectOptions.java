package io.sluice.upstream;

/**
 * How a place of the configuration connects to its peers. Made at load.
 *
 * @param timeoutMillis for the connect
 */
public record ConnectOptions(long timeoutMillis, Reach reach) {}
