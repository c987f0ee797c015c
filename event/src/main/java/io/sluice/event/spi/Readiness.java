package io.sluice.event.spi;

/** Bits of one result of {@link Driver#poll}. */
public final class Readiness {
    public static final int READ = 1;
    public static final int WRITE = 2;

    /** The other side has ended its stream; comes with READ. */
    public static final int PEER_CLOSED = 4;

    /** The socket failed; comes with READ and WRITE, so that the operation tried next tells how. */
    public static final int ERROR = 8;

    private Readiness() {}
}
