package io.sluice.core.config;

import com.typesafe.config.ConfigObject;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** What all sections of one load share. For the one thread that loads. */
final class Load {

    final Problems problems;
    final Catalogue catalogue = new Catalogue();

    /** Names of variables, by the top of the tree whose texts may have them. */
    final SortedMap<String, SortedSet<String>> variables = new TreeMap<>();

    private final Set<Settings<?>> declared = new HashSet<>();

    /** The merged reference.conf files: the outermost level of everything. */
    final Section reference;

    Load(Problems problems, ConfigObject reference) {
        this.problems = problems;
        this.reference = Section.root(this, reference);
    }

    void declare(Settings<?> settings) {
        if (declared.add(settings)) {
            settings.declare(catalogue);
        }
    }

    /**
     * Where the defaults of a level stand. What the user writes as a list or under names is an object here, which holds
     * the defaults of every element.
     */
    Section defaultsOf(Level level) {
        Section section = reference;
        for (String key : level.keys()) {
            section = section.defaultsOf(key);
        }
        return section;
    }
}
