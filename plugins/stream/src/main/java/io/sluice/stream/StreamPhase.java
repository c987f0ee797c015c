package io.sluice.stream;

/** The phases of a session, in nginx's order (ngx_stream.h). */
public enum StreamPhase {
    POST_ACCEPT,
    PREACCESS,
    ACCESS,
    SSL,
    /** Its handlers may ask for bytes of the client before they say anything: {@link StreamOutcome#MORE}. */
    PREREAD,
    /** One handler, that of the server: it has the session until it ends it. */
    CONTENT,
    /** Runs when the session is over; what its handlers answer is ignored. */
    LOG
}
