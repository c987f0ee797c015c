package io.sluice.http;

/** What a filter did with the output it was given. */
public enum FilterResult {
    /** All of it is on its way, as far as this filter and those below know. */
    DONE,
    /** Some is still held, by this filter or one below, which has set its buffered bit. */
    AGAIN,
    /** The connection failed. */
    ERROR
}
