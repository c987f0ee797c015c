package io.sluice.core.connection;

/**
 * Whether the system probes connections on which nothing is said: nginx's {@code so_keepalive}. Of the numbers 0 leaves the system's own.
 *
 * @param on false if it must not
 * @param idleSeconds of silence before the first probe
 * @param intervalSeconds between two probes
 * @param probes without an answer after which the connection is given up
 */
public record KeepaliveProbes(boolean on, int idleSeconds, int intervalSeconds, int probes) {
    /** With the system's own numbers. */
    public static final KeepaliveProbes ON = new KeepaliveProbes(true, 0, 0, 0);

    /** Whatever the system's default is. */
    public static final KeepaliveProbes OFF = new KeepaliveProbes(false, 0, 0, 0);
}
