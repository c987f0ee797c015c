package io.sluice.core.connection;

/** What recv and send answer when it is not a count: named constants, because they run millions of times. */
public final class Io {
    /** The other side has ended its stream. */
    public static final int END = 0;

    /** Nothing can be moved now; the event will tell when. */
    public static final int AGAIN = -2;

    /** The connection failed; what happened has been logged. */
    public static final int ERROR = -1;

    /** A datagram without bytes has come. Not {@link #END}: datagrams have none. */
    public static final int EMPTY_DATAGRAM = -3;

    private Io() {}
}
