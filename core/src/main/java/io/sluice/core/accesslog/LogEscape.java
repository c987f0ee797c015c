package io.sluice.core.accesslog;

/** How the values of variables are written to an access log (nginx's {@code log_format escape=}). */
enum LogEscape {
    /** Quotes, backslashes and what is not printable as {@code \xHH}; a dash for what has no value. */
    DEFAULT,
    /** As in a string of JSON, without the quotes around it; nothing for what has no value. */
    JSON,
    /** As they are: who can send a line end can forge a line. */
    NONE
}
