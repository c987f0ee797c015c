package io.sluice.core.plugin;

/**
 * Names something that exists once per worker and cycle. Compared by identity: a plugin keeps it in a constant.
 */
@SuppressWarnings("UnusedTypeParameter") // it is what ties a key to the type of what it names
public final class WorkerKey<T> {
    private final String name;

    private WorkerKey(String name) {
        this.name = name;
    }

    /** @param name for messages */
    public static <T> WorkerKey<T> of(String name) {
        return new WorkerKey<>(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
