package io.sluice.http;

/** {@code lingering-close}: whether what a client still sends after its last answer is read away (nginx's setting of the same name). */
enum LingeringClose {
    OFF,
    /** If something of it is here already, or is sure to come. */
    ON,
    ALWAYS
}
