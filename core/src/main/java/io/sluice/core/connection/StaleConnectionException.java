package io.sluice.core.connection;

/** A handle was used after its connection ended. Whoever has the slot now is not touched. */
public final class StaleConnectionException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    StaleConnectionException(long number) {
        super("connection *" + number + " is closed: its handle was kept too long");
    }
}
