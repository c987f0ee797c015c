package io.sluice.core.config;

import java.util.List;

/**
 * A kind of place where settings may stand, such as {@code http.servers}: keys joined by dots, without the index of a list's
 * element or the name of an entry. All servers of {@code http} are one level.
 *
 * @param path empty for the top of a file
 */
public record Level(String path) {

    /** The top of a file. */
    public static final Level ROOT = new Level("");

    /** The level below a key. A kind nested in itself (a location in a location) is the same level again. */
    public Level child(String key) {
        if (path.equals(key) || path.endsWith("." + key)) {
            return this;
        }
        return new Level(path.isEmpty() ? key : path + "." + key);
    }

    /** The keys of the path; none at the top. */
    List<String> keys() {
        return path.isEmpty() ? List.of() : List.of(path.split("\\.", -1));
    }

    /** The first key, or an empty text at the top. */
    String top() {
        return path.isEmpty() ? "" : keys().getFirst();
    }

    @Override
    public String toString() {
        return path.isEmpty() ? "the top" : path;
    }
}
