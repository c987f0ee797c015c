package io.sluice.core.config;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;

/**
 * How a record of settings is read from a configuration. Immutable; made once per record class, by reflection.
 *
 * <p>Each component is a setting: its name in kebab case is the key ({@link Key} if Java forbids the name), and a component
 * that is itself a record is a group. A component may be an int, a long, a double, a boolean, a String, a Duration, a
 * {@link Bytes} (or a long marked {@link ByteSize}), an enum (constants in kebab case), a ConfigValue or a {@link Section}
 * for a plugin that reads it on its own, a record, or a List of any of these. One marked {@link Here} is no setting.
 *
 * <p>No default stands in Java: each is in the module's reference.conf. What has none is an Optional or marked Nullable.
 * A null in a configuration takes back what the levels around have set.
 *
 * <p>{@link Inherited}, {@link Replaced} and {@link Local} say which levels count, {@link Range} what is allowed. The
 * record's constructor may refuse what only it can judge with an IllegalArgumentException; if the message begins with the
 * key of a component, the problem is reported at that key's line.
 *
 * @param <R> the record
 */
public final class Settings<R extends Record> {

    private final Class<R> type;
    private final RecordShape shape;
    private final List<String> groups;
    private final List<Level> levels;

    private Settings(Class<R> type, RecordShape shape, List<String> groups, List<Level> levels) {
        this.type = type;
        this.shape = shape;
        this.groups = groups;
        this.levels = levels;
    }

    /**
     * Settings that stand directly in the sections they are read from, whatever their level.
     *
     * @param lookup of a class of the plugin, so that neither the record nor its package needs to be open to anybody
     * @throws IllegalArgumentException if the record has a component that cannot be read
     */
    public static <R extends Record> Settings<R> of(MethodHandles.Lookup lookup, Class<R> type) {
        return new Settings<>(type, RecordReflection.shapeOf(lookup, type), List.of(), List.of());
    }

    /** These settings in a group of each level, such as {@code proxy}; several names make nested groups. */
    public Settings<R> under(String... group) {
        return new Settings<>(type, shape, List.of(group), levels);
    }

    /**
     * These settings where they may stand and nowhere else, the outermost level first: it is the one whose place in
     * reference.conf holds the defaults. Elsewhere they are misplaced.
     */
    public Settings<R> at(Level... allowed) {
        return new Settings<>(type, shape, groups, List.of(allowed));
    }

    /** See {@link #read(Levels)}; for a section that inherits from nobody. */
    public R read(Section section) {
        return read(Levels.of(section));
    }

    /**
     * Reads the record for the innermost of some levels. What is wrong is added to the problems of the load and replaced by
     * its default, so that the rest is read too: nobody should act on the record before {@link Configuration#check}.
     *
     * @throws ConfigurationException with all problems so far, if no record can be made even with the defaults
     */
    public R read(Levels where) {
        Load load = where.own().load();
        load.declare(this);
        Object made = new RecordReader(load.problems).read(shape, chain(where, load));
        if (made == null) {
            throw new ConfigurationException(load.problems);
        }
        return type.cast(made);
    }

    /** Makes all keys known at every level where they may stand, also where nobody reads them. */
    void declare(Catalogue catalogue) {
        for (Level level : levels) {
            catalogue.add(level);
            Level below = level;
            for (String group : groups) {
                catalogue.add(below, group);
                below = below.child(group);
            }
            shape.declare(catalogue, below);
        }
    }

    private Chain chain(Levels where, Load load) {
        List<Section> sections = new ArrayList<>();
        for (Section section : where.sections()) {
            if (levels.isEmpty() || levels.contains(section.level())) {
                sections.add(section);
            }
        }
        Section own = !sections.isEmpty() && sections.getLast() == where.own() ? where.own() : null;
        Level outermost = levels.isEmpty() ? where.sections().getFirst().level() : levels.getFirst();
        Chain chain = new Chain(
                load.defaultsOf(outermost),
                sections,
                own,
                where.own(),
                where.own().path());
        for (int i = 0; i < groups.size(); i++) {
            chain = chain.group(groups.get(i), i == groups.size() - 1 ? shape.shorthands() : Shorthands.SWITCH_ONLY);
        }
        return chain;
    }
}
