package io.sluice.bench.compare;

/** The run cannot go on, or a number of it would not mean what it says. The message is all a user needs. */
final class BenchException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BenchException(String message) {
        super(message);
    }

    BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
