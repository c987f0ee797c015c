package io.sluice.stream;

/** Where a session is among the handlers of its phases. Only {@link StreamPhases} and the session touch it. */
final class PhasePlace {
    /** Of the handler that is asked next. */
    int index;

    /** With which the session goes on; 0 if nobody has parked. */
    long ticket;

    boolean inHandler;

    /** It was told to go on before its handler had returned. */
    boolean resumed;
}
