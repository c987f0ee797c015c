package io.sluice.core.plugin;

import io.sluice.core.config.NearestName;
import io.sluice.core.config.Section;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the order of named things once at load (D7): a list in the user's configuration wins; what it does not name keeps the order in
 * which it came, moved only as far as its before and after ask. A contradiction is a problem that names both sides.
 */
public final class Order {
    private Order() {}

    /**
     * One thing to be ordered.
     *
     * @param before names it must precede; names nobody has are ignored
     * @param after names it must follow
     */
    public record Entry<T>(String name, T value, List<String> before, List<String> after) {
        public static <T> Entry<T> of(String name, T value) {
            return new Entry<>(name, value, List.of(), List.of());
        }
    }

    /**
     * @param what the kind of thing, for messages
     * @param wanted the user's list, may be empty or name only some
     * @param problems where a contradiction is reported
     */
    public static <T> List<Entry<T>> resolve(
            String what, List<Entry<T>> entries, List<String> wanted, Section problems) {
        List<Entry<T>> left = new ArrayList<>(entries);
        List<Entry<T>> done = new ArrayList<>();
        while (!left.isEmpty()) {
            Entry<T> next = firstFree(left, wanted);
            if (next == null) {
                problems.problem(what + " cannot be ordered: " + contradiction(left));
                done.addAll(left);
                return done;
            }
            left.remove(next);
            done.add(next);
        }
        return done;
    }

    /**
     * Reports the names of a user's list that nothing has.
     *
     * @param what the kind of thing, as {@code plugin}
     * @param key of the list in the section
     */
    public static void reportUnknown(
            String what, Collection<String> names, List<String> wanted, Section section, String key) {
        for (String name : wanted) {
            if (!names.contains(name)) {
                section.problem(
                        key, "no " + what + " is called '" + name + "'" + NearestName.hint(name, new TreeSet<>(names)));
            }
        }
    }

    private static <T> @Nullable Entry<T> firstFree(List<Entry<T>> left, List<String> wanted) {
        for (Entry<T> candidate : left) {
            if (!waits(candidate, left, wanted)) {
                return candidate;
            }
        }
        return null;
    }

    private static <T> boolean waits(Entry<T> candidate, List<Entry<T>> left, List<String> wanted) {
        int ownPlace = wanted.indexOf(candidate.name());
        for (Entry<T> other : left) {
            if (other == candidate) {
                continue;
            }
            int otherPlace = wanted.indexOf(other.name());
            if (ownPlace >= 0 && otherPlace >= 0) {
                if (otherPlace < ownPlace) {
                    return true;
                }
                continue;
            }
            if (candidate.after().contains(other.name()) || other.before().contains(candidate.name())) {
                return true;
            }
        }
        return false;
    }

    private static <T> String contradiction(List<Entry<T>> left) {
        StringBuilder out = new StringBuilder();
        for (Entry<T> entry : left) {
            for (Entry<T> other : left) {
                if (entry.after().contains(other.name()) || other.before().contains(entry.name())) {
                    out.append(out.isEmpty() ? "" : ", ")
                            .append(entry.name())
                            .append(" goes after ")
                            .append(other.name());
                }
            }
        }
        return out.toString();
    }
}
