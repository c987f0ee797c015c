package io.sluice.core.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which keys are known at which level. A group is a level of its own, below its key. */
final class Catalogue {

    private final Map<Level, Set<String>> names = new HashMap<>();
    private final Set<Level> elements = new HashSet<>();
    private final Set<Level> entries = new HashSet<>();
    private final Set<Level> wholes = new HashSet<>();

    /** Makes the keys on the way from the top to a level known. */
    void add(Level level) {
        Level around = Level.ROOT;
        for (String key : level.keys()) {
            add(around, key);
            around = around.child(key);
        }
    }

    void add(Level level, String key) {
        names.computeIfAbsent(level, _ -> new TreeSet<>()).add(key);
    }

    void addAll(Level level, Collection<String> keys) {
        if (!keys.isEmpty()) {
            names.computeIfAbsent(level, _ -> new TreeSet<>()).addAll(keys);
        }
    }

    void addAll(Catalogue other) {
        other.names.forEach(this::addAll);
    }

    /** What stands there is a list of objects, or one of them. */
    void addElements(Level level) {
        elements.add(level);
    }

    /** What stands there are objects under names of the user's choice. */
    void addEntries(Level level) {
        entries.add(level);
    }

    /** What stands there is a value, though it may look like a group: nothing of a default is left where it is set. */
    void addWhole(Level level) {
        wholes.add(level);
    }

    boolean isWhole(Level level) {
        return wholes.contains(level);
    }

    boolean hasElements(Level level) {
        return elements.contains(level);
    }

    boolean hasEntries(Level level) {
        return entries.contains(level);
    }

    boolean knows(Level level, String key) {
        Set<String> known = names.get(level);
        return known != null && known.contains(key);
    }

    /** Whether anything is known below this level. */
    boolean has(Level level) {
        return names.containsKey(level);
    }

    /** The keys of a level, those of its groups with dots: {@code proxy}, {@code proxy.pass}. */
    Set<String> namesBelow(Level level) {
        Set<String> all = new TreeSet<>();
        collect(level, "", all);
        return all;
    }

    private void collect(Level level, String prefix, Set<String> all) {
        for (String key : names.getOrDefault(level, Set.of())) {
            all.add(prefix + key);
            Level below = level.child(key);
            if (!below.equals(level)) {
                collect(below, prefix + key + ".", all);
            }
        }
    }

    /** All keys of all levels, with the paths of their levels. */
    SortedSet<String> paths() {
        SortedSet<String> paths = new TreeSet<>();
        names.forEach((level, keys) -> {
            for (String key : keys) {
                paths.add(level.path().isEmpty() ? key : level.path() + "." + key);
            }
        });
        return paths;
    }

    /** The levels at which this key is known, sorted by path. */
    List<Level> levelsOf(String key) {
        List<Level> levels = new ArrayList<>();
        names.forEach((level, keys) -> {
            if (keys.contains(key)) {
                levels.add(level);
            }
        });
        levels.sort(Comparator.comparing(Level::path));
        return levels;
    }
}
