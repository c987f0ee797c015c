package io.sluice.core.plugin;

/**
 * Thrown by what a plugin makes for a worker when the machine refuses something that it needs, such as a file. The start ends with the
 * message; nobody has a bug.
 */
public final class CannotStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is refused, where the configuration asks for it, and why */
    public CannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
