package io.sluice.event;

/** What a worker does with one listening socket that it watches. <b>Thread:</b> the worker's. */
interface Listener {
    /** The server stops: takes what is queued already. Called before {@link #close}. */
    void takeQueued();

    /** Watches it no more; the socket is the server's to close. */
    void close();
}
