package io.sluice.core.config;

import com.typesafe.config.ConfigOrigin;

/**
 * Where a section stands.
 *
 * @param name its key, or its own name if it is a named entry
 * @param path for messages, with indexes and names
 * @param level the kind of place
 * @param origin where it begins, or where its parent does if it is absent
 */
record SectionPlace(String name, String path, Level level, ConfigOrigin origin) {

    static SectionPlace root(ConfigOrigin origin) {
        return new SectionPlace("", "", Level.ROOT, origin);
    }

    String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    SectionPlace child(String key, ConfigOrigin start) {
        return new SectionPlace(key, pathOf(key), level.child(key), start);
    }

    SectionPlace element(String key, int index, ConfigOrigin start) {
        return new SectionPlace(key, pathOf(key) + "[" + index + "]", level.child(key), start);
    }

    SectionPlace entry(String key, String entry, ConfigOrigin start) {
        return new SectionPlace(entry, pathOf(key) + "." + entry, level.child(key), start);
    }
}
