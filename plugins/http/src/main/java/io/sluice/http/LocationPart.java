package io.sluice.http;

import java.util.Map;
import java.util.function.Function;

/**
 * Something a plugin makes of each location while the configuration is read: texts bound to variables, tables built. A plugin makes one,
 * gives it to {@link HttpBinder#part}, and asks each request for what was made of its location. Shared by all workers, so what is made is
 * immutable. Compared by identity: a plugin keeps it in a constant.
 */
public final class LocationPart<T> {
    private final Function<LocationView, ? extends T> maker;

    private LocationPart(Function<LocationView, ? extends T> maker) {
        this.maker = maker;
    }

    /** @param maker called once per location, when its settings have been read */
    public static <T> LocationPart<T> of(Function<LocationView, ? extends T> maker) {
        return new LocationPart<>(maker);
    }

    T make(LocationView location) {
        return maker.apply(location);
    }

    @SuppressWarnings("unchecked")
    T in(Map<LocationPart<?>, Object> parts) {
        Object found = parts.get(this);
        if (found == null) {
            throw new IllegalArgumentException("this part was not given to HttpBinder.part");
        }
        return (T) found;
    }
}
