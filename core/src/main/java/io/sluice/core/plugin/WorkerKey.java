package io.sluice.core.plugin;

/**
 * Names something that exists once per worker and cycle. Compared by identity: a plugin keeps it in a constant.
 *
 * @param name for messages
 */
public final class WorkerKey<T> {
    private final String name;

    private WorkerKey(String name) {
        this.name = name;
    }

    public static <T> WorkerKey<T> of(String name) {
        return new WorkerKey<>(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
