package io.sluice.bench.server;

/** The run cannot go on, or a number of it would not mean what it says. The message is all a user needs. */
public final class BenchException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public BenchException(String message) {
        super(message);
    }

    public BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
