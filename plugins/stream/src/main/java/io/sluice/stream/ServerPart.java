package io.sluice.stream;

import java.util.Map;
import java.util.function.Function;

/**
 * Something a plugin makes of each server while the configuration is read: settings, texts bound to variables, tables. A plugin makes
 * one, gives it to {@link StreamBinder#part}, and asks each session for what was made of its server. Shared by all workers, so what is
 * made is immutable. Compared by identity: a plugin keeps it in a constant.
 *
 * @param <T> what is made
 */
public final class ServerPart<T> {
    private final Function<ServerView, ? extends T> maker;

    private ServerPart(Function<ServerView, ? extends T> maker) {
        this.maker = maker;
    }

    /** @param maker called once per server */
    public static <T> ServerPart<T> of(Function<ServerView, ? extends T> maker) {
        return new ServerPart<>(maker);
    }

    T make(ServerView server) {
        return maker.apply(server);
    }

    @SuppressWarnings("unchecked")
    T in(Map<ServerPart<?>, Object> parts) {
        Object found = parts.get(this);
        if (found == null) {
            throw new IllegalArgumentException("this part was not given to StreamBinder.part");
        }
        return (T) found;
    }
}
