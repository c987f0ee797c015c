package io.sluice.stream;

import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** What plugins keep with one session; nothing is made before somebody keeps something. */
final class KeptValues {
    private @Nullable IdentityHashMap<SessionKey<?>, Object> values;

    <T> void put(SessionKey<T> key, T value) {
        IdentityHashMap<SessionKey<?>, Object> map = values;
        if (map == null) {
            map = new IdentityHashMap<>(4);
            values = map;
        }
        map.put(key, value);
    }

    @SuppressWarnings("unchecked")
    <T> @Nullable T get(SessionKey<T> key) {
        IdentityHashMap<SessionKey<?>, Object> map = values;
        return map == null ? null : (T) map.get(key);
    }
}
