package io.sluice.upstream;

import io.sluice.core.config.NearestName;
import io.sluice.core.config.Section;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What plugins brought of one kind, by the names that the configuration uses.
 *
 * @param <B> the kind
 */
final class Brought<B> {
    private final String what;
    private final Map<String, B> byName = new TreeMap<>();

    /**
     * @param what the kind, for messages
     * @param root where two of one name are reported
     */
    Brought(String what, Section root, Collection<B> bindings, Function<B, String> name, Function<B, String> plugin) {
        this.what = what;
        for (B binding : bindings) {
            B other = byName.putIfAbsent(name.apply(binding), binding);
            if (other != null) {
                root.problem("the " + what + " " + name.apply(binding) + " is brought by " + plugin.apply(other)
                        + " and by " + plugin.apply(binding));
            }
        }
    }

    /** Null if there is none. */
    @Nullable
    B find(String name) {
        return byName.get(name);
    }

    /** As {@link #find}; if there is none, that is reported at a key. */
    @Nullable
    B find(String name, Section section, String key) {
        B found = byName.get(name);
        if (found == null) {
            section.problem(key, "no " + what + " is called '" + name + "'" + known(name));
        }
        return found;
    }

    /** All names, sorted. */
    Collection<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    private String known(String wanted) {
        Collection<String> names = byName.keySet();
        return names.isEmpty()
                ? "; no plugin brings one"
                : "; there are " + String.join(", ", names) + NearestName.hint(wanted, names);
    }
}
