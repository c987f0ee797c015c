package io.sluice.core.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names the keys nobody asked for, with what they were probably meant to be. */
final class UnknownKeys {

    private final Section root;

    /** What a level's settings have declared: known wherever that level occurs. */
    private final Catalogue catalogue;

    /**
     * That and what was asked for in any section: made for the first hint. It says no more than a hint can, since what one
     * section's reader takes another's may not.
     */
    private @Nullable Catalogue askedFor;

    private UnknownKeys(Section root, Catalogue catalogue) {
        this.root = root;
        this.catalogue = catalogue;
    }

    /** To be called when everybody has read; reads what is known but was not read, to find what is unknown in it. */
    static void report(Section root, Catalogue catalogue) {
        new UnknownKeys(root, catalogue).check(root);
    }

    /** What was declared, and what was asked for in any section so far. */
    static Catalogue known(Section root, Catalogue declared) {
        Catalogue all = new Catalogue();
        all.addAll(declared);
        gather(root, all);
        return all;
    }

    private Catalogue askedFor() {
        Catalogue all = askedFor;
        if (all == null) {
            all = known(root, catalogue);
            askedFor = all;
        }
        return all;
    }

    private static void gather(Section section, Catalogue all) {
        all.addAll(section.level(), section.known());
        for (Section child : section.read()) {
            gather(child, all);
        }
    }

    private void check(Section section) {
        for (String key : section.keys()) {
            boolean known = section.known().contains(key) || catalogue.knows(section.level(), key);
            if (!known) {
                section.reject(key, complaint(section, key));
            } else if (catalogue.has(section.level().child(key))) {
                section.readObjects(key); // nobody may have read this group here
            }
        }
        for (Section child : section.read()) {
            check(child);
        }
    }

    private String complaint(Section section, String key) {
        if (section.isShort()) {
            return section.path()
                    + (key.equals(Shorthands.SWITCH) ? ": cannot be switched on or off" : ": must be an object { … }");
        }
        List<Level> elsewhere = askedFor().levelsOf(key);
        elsewhere.remove(section.level());
        List<Level> near = near(section.level(), elsewhere);
        if (!near.isEmpty()) {
            return misplaced(section, key, near);
        }
        String hint = NearestName.hint(key, askedFor().namesBelow(section.level()));
        return hint.isEmpty() && !elsewhere.isEmpty()
                ? misplaced(section, key, elsewhere)
                : "unknown setting '" + key + "'" + in(section) + hint;
    }

    private static String misplaced(Section section, String key, List<Level> levels) {
        StringBuilder text = new StringBuilder("misplaced setting '" + key + "'" + in(section) + " (it belongs to ");
        for (int i = 0; i < levels.size(); i++) {
            text.append(i == 0 ? "" : i == levels.size() - 1 ? " or " : ", ").append(levels.get(i));
        }
        return text.append(')').toString();
    }

    private static String in(Section section) {
        return section.path().isEmpty() ? "" : " in " + section.path();
    }

    /** Those below the same key of the top; a name may mean something else in another part of the file. */
    private static List<Level> near(Level here, List<Level> levels) {
        if (here.equals(Level.ROOT)) {
            return levels;
        }
        List<Level> near = new ArrayList<>();
        for (Level level : levels) {
            if (level.top().equals(here.top())) {
                near.add(level);
            }
        }
        return near;
    }
}
