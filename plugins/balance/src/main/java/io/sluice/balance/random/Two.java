package io.sluice.balance.random;

/** Whether two peers are drawn, and which of them is taken. */
enum Two {
    /** One is drawn. */
    OFF,
    /** The one with fewer active requests for its weight. */
    LEAST_CONN,
    /** The one that is expected to answer first. */
    LEAST_TIME
}
