package io.sluice.core.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes a configuration on top of its defaults as HOCON, sorted by key, the place of each value as a comment behind it.
 *
 * <p>A reference.conf holds the defaults of the elements of a list, or of named entries, as one object in their place. Written as it
 * stands it would be an element more, so each element gets its own copy, and without any element the defaults are a comment.
 */
final class Dump {

    private static final String STEP = "    ";
    private static final ConfigObject NOTHING = ConfigFactory.empty().root();

    private final Catalogue catalogue;

    /** By the path of a section that was read, what was asked for in it. */
    private final Map<String, Set<String>> asked;

    /** Whether all of it is a comment of another. */
    private final boolean isComment;

    private final StringBuilder text = new StringBuilder();

    /** How many elements of lists and named entries are around what is being written. */
    private int elementsAround;

    private Dump(Catalogue catalogue, Map<String, Set<String>> asked, boolean isComment) {
        this.catalogue = catalogue;
        this.asked = asked;
        this.isComment = isComment;
    }

    static String of(ConfigObject tree, ConfigObject defaults, Catalogue catalogue, Section root) {
        Map<String, Set<String>> asked = new HashMap<>();
        gather(root, asked);
        Dump dump = new Dump(catalogue, asked, false);
        dump.fields(tree, defaults, Level.ROOT, "", "");
        return dump.text.toString();
    }

    private static void gather(Section section, Map<String, Set<String>> asked) {
        asked.computeIfAbsent(section.path(), _ -> new HashSet<>()).addAll(section.known());
        for (Section child : section.read()) {
            gather(child, asked);
        }
    }

    private void fields(ConfigObject tree, ConfigObject defaults, Level level, String path, String indent) {
        Set<String> keys = new TreeSet<>(tree.keySet());
        keys.addAll(defaults.keySet());
        for (String key : keys) {
            ConfigValue value = tree.get(key);
            if (value != null || isMeant(path, level, key)) {
                field(key, value, defaults.get(key), level.child(key), below(path, key), indent);
            }
        }
    }

    /** Several kinds may share a place, as balancers do: the defaults of another kind are not this one's. */
    private boolean isMeant(String path, Level level, String key) {
        Set<String> known = asked.get(path);
        if (catalogue.knows(level, key)) {
            return true;
        }
        return known == null || known.isEmpty() ? !catalogue.has(level) : known.contains(key);
    }

    private static String below(String path, String key) {
        return path.isEmpty() ? key : path + '.' + key;
    }

    private void field(
            String key,
            @Nullable ConfigValue value,
            @Nullable ConfigValue byDefault,
            Level level,
            String path,
            String indent) {
        ConfigObject defaults = byDefault instanceof ConfigObject object ? object : NOTHING;
        boolean repeats = catalogue.hasElements(level) || catalogue.hasEntries(level);
        if (value == null && repeats && byDefault instanceof ConfigObject) {
            comment(key, defaults, level, indent);
        } else if (value instanceof ConfigObject entries && catalogue.hasEntries(level)) {
            begin(key, " {\n", indent);
            elementsAround++;
            for (String name : new TreeSet<>(entries.keySet())) {
                // Each has the defaults of its kind, at the level of its kind.
                one(name, entries.get(name), defaults, level, below(path, name), false, indent + STEP);
            }
            elementsAround--;
            text.append(indent).append("}\n");
        } else if (value != null && catalogue.isWhole(level)) {
            one(key, value, null, level, path, false, indent);
        } else {
            one(key, value, byDefault, level, path, repeats, indent);
        }
    }

    /** @param repeats whether the defaults are those of each element of a list */
    private void one(
            String key,
            @Nullable ConfigValue value,
            @Nullable ConfigValue byDefault,
            Level level,
            String path,
            boolean repeats,
            String indent) {
        ConfigObject defaults = byDefault instanceof ConfigObject object ? object : NOTHING;
        if (value instanceof ConfigObject object && !(object.isEmpty() && defaults.isEmpty())) {
            begin(key, " ", indent);
            object(object, defaults, level, path, indent);
        } else if (value instanceof ConfigList list && !list.stream().allMatch(Mismatch::isPlain)) {
            begin(key, " = [\n", indent);
            elementsAround++;
            int index = 0;
            for (ConfigValue element : list) {
                String here = path + '[' + index++ + ']';
                text.append(indent).append(STEP);
                if (element instanceof ConfigObject object && !(object.isEmpty() && defaults.isEmpty())) {
                    object(object, repeats ? defaults : NOTHING, level, here, indent + STEP);
                } else {
                    plain(element);
                }
            }
            elementsAround--;
            text.append(indent).append("]\n");
        } else if (value != null) {
            begin(key, " = ", indent);
            plain(value);
        } else if (byDefault instanceof ConfigObject object && !object.isEmpty()) {
            begin(key, " ", indent);
            object(NOTHING, object, level, path, indent);
        } else if (byDefault instanceof ConfigList list && !list.stream().allMatch(Mismatch::isPlain)) {
            one(key, list, null, level, path, false, indent);
        } else if (byDefault != null) {
            byDefault(key, byDefault, indent);
        }
    }

    /** One that is null says only that there is such a setting; read again, it would take back what is set around it. */
    private void byDefault(String key, ConfigValue value, String indent) {
        boolean isNull = value.valueType() == ConfigValueType.NULL;
        if (!isNull || isComment || elementsAround == 0) {
            begin(isNull && !isComment ? "# " + ConfigUtil.joinPath(key) : key, " = ", indent);
            plain(value);
        }
    }

    private void object(ConfigObject object, ConfigObject defaults, Level level, String path, String indent) {
        text.append("{\n");
        fields(object, defaults, level, path, indent + STEP);
        text.append(indent).append("}\n");
    }

    private void comment(String key, ConfigObject defaults, Level level, String indent) {
        Dump written = new Dump(catalogue, Map.of(), true);
        written.fields(NOTHING, defaults, level, "", STEP);
        if (!written.text.isEmpty()) {
            begin("# each of " + key + " would have", "\n", indent);
            written.text.toString().lines().forEach(line -> begin("#", line + "\n", indent));
        }
    }

    private void begin(String key, String behind, String indent) {
        text.append(indent)
                .append(key.startsWith("#") ? key : ConfigUtil.joinPath(key))
                .append(behind);
    }

    private void plain(ConfigValue value) {
        Problem place = Problem.at(value.origin(), "");
        text.append(value.render(ConfigRenderOptions.concise())).append(" # ").append(place.file());
        text.append(place.line() > 0 ? ":" + place.line() : "").append('\n');
    }
}
