package io.sluice.core.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sections from which one record is read.
 *
 * @param defaults its place in reference.conf, outside of all levels
 * @param levels from the outermost to the innermost, only those at which it may stand
 * @param own the level it is read for; null if it may not stand there, or has nothing there
 * @param place the innermost section, for the line of what is missing
 * @param path the record's own, for messages
 */
record Chain(
        Section defaults, List<Section> levels, @Nullable Section own, Section place, String path) {

    /** For an object that inherits from nobody. */
    static Chain alone(Section defaults, Section own) {
        return new Chain(defaults, List.of(own), own, own, own.path());
    }

    /** The levels that count for a component and set it, be it to null, the innermost last. */
    List<Section> setting(Component component) {
        List<Section> counting =
                component.rule() == Component.Rule.LOCAL ? own == null ? List.of() : List.of(own) : levels;
        List<Section> setting = new ArrayList<>(counting.size());
        for (Section level : counting) {
            if (level.sets(component.key())) {
                setting.add(level);
            }
        }
        return setting;
    }

    /** The chain of a group, through the given ones of the levels that set it. */
    Chain group(Component component, Shorthands shorthands, List<Section> setting) {
        boolean inherits = component.rule() == Component.Rule.INHERITED;
        boolean ownSets = !setting.isEmpty() && (!inherits || setting.getLast() == own);
        return group(component.key(), shorthands, setting, ownSets);
    }

    /** The chain of a group that is inherited field by field. */
    Chain group(String key, Shorthands shorthands) {
        List<Section> setting = new ArrayList<>(levels.size());
        for (Section level : levels) {
            level.declare(List.of(key));
            if (level.sets(key)) {
                setting.add(level);
            }
        }
        List<Section> counting = afterNull(key, setting);
        return group(key, shorthands, counting, !counting.isEmpty() && counting.getLast() == own);
    }

    /** Those of the levels that set a key which are not hidden by a null of their own or further in. */
    static List<Section> afterNull(String key, List<Section> setting) {
        int first = setting.size();
        while (first > 0 && setting.get(first - 1).has(key)) {
            first--;
        }
        return setting.subList(first, setting.size());
    }

    private Chain group(String key, Shorthands shorthands, List<Section> setting, boolean ownSets) {
        List<Section> groups = new ArrayList<>(setting.size());
        for (Section level : setting) {
            groups.add(level.group(key, shorthands));
        }
        Section inner = groups.isEmpty() ? place : groups.getLast();
        return new Chain(defaults.defaultsOf(key), groups, ownSets ? inner : null, inner, pathOf(key));
    }

    /** The innermost section the record is read from, or the one around if none sets it. */
    Section innermost() {
        return levels.isEmpty() ? place : levels.getLast();
    }

    String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
