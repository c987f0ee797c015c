package io.sluice.core.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The sections around one place, from the outermost to the innermost: {@code http}, a server, a location. The defaults of
 * reference.conf stand outside of all of them without being named. Immutable.
 */
public final class Levels {

    private final List<Section> sections;

    private Levels(List<Section> sections) {
        this.sections = sections;
    }

    /** A single level. */
    public static Levels of(Section outermost) {
        return new Levels(List.of(outermost));
    }

    /** These levels with one more inside. */
    public Levels then(Section inner) {
        List<Section> longer = new ArrayList<>(sections);
        longer.add(inner);
        return new Levels(List.copyOf(longer));
    }

    /** The innermost level. */
    public Section own() {
        return sections.getLast();
    }

    /** From the outermost to the innermost. */
    public List<Section> sections() {
        return sections;
    }

    /**
     * Reports a problem of a setting found after reading it, such as a name that nothing has, at the line where the nearest
     * level sets it.
     *
     * @param key with dots through groups, such as {@code proxy.pass}
     */
    public void problem(String key, String message) {
        String[] groups = key.split("\\.", -1);
        String last = groups[groups.length - 1];
        for (Section level : sections.reversed()) {
            Section section = level;
            for (int i = 0; i < groups.length - 1; i++) {
                section = section.has(groups[i]) ? section.section(groups[i]) : section.absent(groups[i]);
            }
            if (section.has(last)) {
                section.problem(last, message);
                return;
            }
        }
        own().problem(key, message);
    }
}
