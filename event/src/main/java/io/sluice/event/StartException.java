package io.sluice.event;

import java.util.List;

/** A server could not start; nothing is left open. Says everything that was wrong. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    public StartException(String problem) {
        super(problem);
    }

    public StartException(List<String> problems) {
        super(String.join("\n", problems));
    }

    public StartException(String problem, Throwable cause) {
        super(problem, cause);
    }
}
