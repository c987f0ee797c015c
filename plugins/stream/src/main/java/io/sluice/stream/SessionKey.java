package io.sluice.stream;

/**
 * Under what a plugin keeps something with a session: a constant of its own, compared by identity.
 *
 * @param <T> what it keeps
 */
@SuppressWarnings("UnusedTypeParameter") // it says what is kept
public final class SessionKey<T> {
    private final String name;

    private SessionKey(String name) {
        this.name = name;
    }

    /** @param name for messages */
    public static <T> SessionKey<T> of(String name) {
        return new SessionKey<>(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
