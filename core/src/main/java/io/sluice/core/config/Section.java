package io.sluice.core.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.sluice.core.config.Children.Form;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One object of the configuration tree. Several readers may read one section: a key that one of them asked for is known,
 * and when all have read, {@link Configuration#check} names the keys nobody asked for. What has the wrong form is reported
 * and then read as absent. For the one thread that loads.
 */
public final class Section {

    private final Load load;
    private final SectionPlace place;
    private final ConfigObject object;
    private final boolean isShort;
    private final Set<String> known = new HashSet<>();
    private final Children children = new Children();

    private Section(Load load, SectionPlace place, ConfigObject object, boolean isShort) {
        this.load = load;
        this.place = place;
        this.object = object;
        this.isShort = isShort;
    }

    static Section root(Load load, ConfigObject object) {
        return new Section(load, SectionPlace.root(object.origin()), object, false);
    }

    /** The key this section stands under, or its own name if it is an entry of {@link #named}. */
    public String name() {
        return place.name();
    }

    /** For messages, such as {@code http.servers[0].proxy}; empty at the top. */
    public String path() {
        return place.path();
    }

    /** The kind of place this is. */
    public Level level() {
        return place.level();
    }

    /** Where this section begins; where its parent begins if it is absent. */
    public ConfigOrigin origin() {
        return place.origin();
    }

    /** Whether the key is set to something else than null. Does not make it known. */
    public boolean has(String key) {
        ConfigValue value = object.get(key);
        return value != null && value.valueType() != ConfigValueType.NULL;
    }

    /** What the key is set to, or null if it is absent or set to null. All below it counts as known. */
    public @Nullable ConfigValue value(String key) {
        known.add(key);
        return has(key) ? object.get(key) : null;
    }

    /** The object under a key, an empty section if there is none. {@code x = on} is short for {@code x.enabled = on}. */
    public Section section(String key) {
        return group(key, Shorthands.SWITCH_ONLY);
    }

    /** The objects of a list, none if it is absent; one object stands for a list of one, and has no index in its path. */
    public List<Section> sections(String key) {
        return elements(key, Shorthands.NONE);
    }

    /**
     * The objects which an object holds under names of the user's choice, as upstreams are; sorted by name, since HOCON keeps
     * no order.
     */
    public List<Section> named(String key) {
        return named(key, Shorthands.NONE);
    }

    /** As {@link #named(String)}, where a plain value in the place of an entry is short for an object with that one key. */
    public List<Section> named(String key, String plainKey) {
        return named(key, new Shorthands(plainKey, plainKey));
    }

    private List<Section> named(String key, Shorthands shorthands) {
        load.catalogue.addEntries(level().child(key));
        List<Section> read = children.read(Form.ENTRIES, key);
        if (read == null) {
            read = new ArrayList<>();
            ConfigValue container = value(key);
            if (container instanceof ConfigObject entries) {
                for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(entries).entrySet()) {
                    ConfigValue value = entry.getValue();
                    addChild(read, place.entry(key, entry.getKey(), lineOf(value)), value, shorthands);
                }
            } else if (container != null) {
                problem(key, "must be an object of named entries, is " + Mismatch.describe(container));
            }
            read = children.keep(Form.ENTRIES, key, read);
        }
        return read;
    }

    /** {@code file:line: path} of this section, for messages of what fails later. */
    public String where() {
        return Problem.at(origin(), path()).toString();
    }

    /** Reports a problem of the whole section. */
    public void problem(String message) {
        load.problems.add(origin(), path().isEmpty() ? message : path() + ": " + message);
    }

    /** Reports a problem of one key, at its line if it is set here. */
    public void problem(String key, String message) {
        load.problems.add(originOf(key), place.pathOf(key) + ": " + message);
    }

    /** Reports a problem of one value under a key, which may be one of several. */
    void problemAt(ConfigValue value, String key, String message) {
        load.problems.add(lineOf(value), place.pathOf(key) + ": " + message);
    }

    /** Reports a key that should not be here; the message is complete. */
    void reject(String key, String message) {
        load.problems.add(originOf(key), message);
    }

    Load load() {
        return load;
    }

    /** Where the key is set; where this section begins if it is not. */
    ConfigOrigin originOf(String key) {
        return lineOf(object.get(key));
    }

    /** Whether the key is set, be it to null. */
    boolean sets(String key) {
        return object.containsKey(key);
    }

    Set<String> keys() {
        return object.keySet();
    }

    Set<String> known() {
        return known;
    }

    void declare(Collection<String> keys) {
        known.addAll(keys);
    }

    /** All sections read below this one so far. */
    List<Section> read() {
        return children.all();
    }

    /** Reads what stands under a key as a group or a list of groups, if it is one and nobody has read it as anything. */
    void readObjects(String key) {
        ConfigValue value = object.get(key);
        if (children.hasRead(key)) {
            return;
        }
        if (value instanceof ConfigObject) {
            group(key, Shorthands.SWITCH_ONLY);
        } else if (value instanceof ConfigList list && list.stream().allMatch(ConfigObject.class::isInstance)) {
            elements(key, Shorthands.NONE);
        }
    }

    /** Whether the user wrote a plain value in place of this object. */
    boolean isShort() {
        return isShort;
    }

    /** The object under a key, an empty section if there is none. */
    Section group(String key, Shorthands shorthands) {
        List<Section> read = children.read(Form.GROUP, key);
        if (read == null) {
            ConfigValue value = value(key);
            SectionPlace where = place.child(key, lineOf(value));
            Section group = value == null ? null : child(where, value, shorthands);
            read = children.keep(Form.GROUP, key, List.of(group == null ? empty(where) : group));
        }
        return read.getFirst();
    }

    /** The objects of a list; one object, or one plain value that is short for it, stands for a list of one. */
    List<Section> elements(String key, Shorthands shorthands) {
        load.catalogue.addElements(level().child(key));
        List<Section> read = children.read(Form.LIST, key);
        if (read == null) {
            List<ConfigValue> items = items(key);
            read = new ArrayList<>(items.size());
            for (int i = 0; i < items.size(); i++) {
                ConfigValue item = items.get(i);
                // One that stands for the list has no index: nobody has written one.
                SectionPlace where =
                        item == object.get(key) ? place.child(key, lineOf(item)) : place.element(key, i, lineOf(item));
                addChild(read, where, item, shorthands);
            }
            read = children.keep(Form.LIST, key, read);
        }
        return read;
    }

    /** The elements of a list, none if it is absent; one value stands for a list of one. */
    List<ConfigValue> items(String key) {
        ConfigValue value = value(key);
        if (value == null) {
            return List.of();
        }
        return value instanceof ConfigList list ? list : List.of(value);
    }

    boolean hasObject(String key) {
        return object.get(key) instanceof ConfigObject;
    }

    /** In a reference.conf: the object under a key, which for a list holds the defaults of every element. */
    Section defaultsOf(String key) {
        return hasObject(key) ? group(key, Shorthands.SWITCH_ONLY) : absent(key);
    }

    /** An empty section below this one. */
    Section absent(String key) {
        return empty(place.child(key, origin()));
    }

    /** Answers null if it has the wrong form, which was reported. */
    private @Nullable Section child(SectionPlace where, ConfigValue value, Shorthands shorthands) {
        if (value instanceof ConfigObject below) {
            return new Section(load, where, below, false);
        }
        String plainKey = shorthands.keyOf(value);
        if (plainKey != null && Mismatch.isPlain(value)) {
            return new Section(load, where, value.atKey(plainKey).root(), true);
        }
        load.problems.add(where.origin(), where.path() + ": must be an object { … }, is " + Mismatch.describe(value));
        return null;
    }

    private void addChild(List<Section> to, SectionPlace where, ConfigValue value, Shorthands shorthands) {
        Section child = child(where, value, shorthands);
        if (child != null) {
            to.add(child);
        }
    }

    private Section empty(SectionPlace where) {
        return new Section(load, where, ConfigFactory.empty().root(), false);
    }

    /** A value from the environment has no line; it is looked for where its section begins. */
    private ConfigOrigin lineOf(@Nullable ConfigValue value) {
        if (value == null || (value.origin().lineNumber() < 1 && !(value instanceof ConfigObject))) {
            return origin();
        }
        return value.origin();
    }
}
