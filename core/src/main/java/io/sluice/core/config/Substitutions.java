package io.sluice.core.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;

/** Puts values in place of {@code ${…}}, from the configuration itself or the environment. */
final class Substitutions {

    private final Problems problems;

    private Substitutions(Problems problems) {
        this.problems = problems;
    }

    /** The tree without what cannot be resolved, each of which is a problem. */
    static ConfigObject resolve(ConfigObject tree, String name, Problems problems) {
        try {
            return tree.toConfig().resolve().root();
        } catch (ConfigException first) { // the library names the first only
            try {
                ConfigResolveOptions partly = ConfigResolveOptions.defaults().setAllowUnresolved(true);
                return new Substitutions(problems)
                        .without(tree.toConfig().resolve(partly).root());
            } catch (ConfigException e) { // such as a cycle
                problems.add(SyntaxProblem.of(e, name));
                return ConfigFactory.empty().root();
            }
        }
    }

    private ConfigObject without(ConfigObject object) {
        ConfigObject kept = object;
        for (String key : List.copyOf(object.keySet())) {
            ConfigValue value = object.get(key);
            if (value == null || isUnresolved(value)) {
                kept = kept.withoutKey(key);
            } else if (value instanceof ConfigObject below) {
                kept = kept.withValue(key, without(below));
            } else if (value instanceof ConfigList list) {
                kept = kept.withValue(key, without(list));
            }
        }
        return kept;
    }

    private ConfigValue without(ConfigList list) {
        List<ConfigValue> kept = new ArrayList<>(list.size());
        for (ConfigValue value : list) {
            if (isUnresolved(value)) {
                continue;
            }
            kept.add(
                    switch (value) {
                        case ConfigObject below -> without(below);
                        case ConfigList below -> without(below);
                        default -> value;
                    });
        }
        return ConfigValueFactory.fromIterable(kept).withOrigin(list.origin());
    }

    private boolean isUnresolved(ConfigValue value) {
        try {
            value.valueType(); // throws, as keySet does for an object that is still to be merged
            return value instanceof ConfigObject object && object.keySet() == null;
        } catch (ConfigException.NotResolved e) {
            String text = value.render(ConfigRenderOptions.concise());
            int start = text.indexOf("${");
            int end = text.indexOf('}', start);
            String what = start < 0 || end < 0 ? text : text.substring(start, end + 1);
            problems.add(value.origin(), what + " has no value: neither the configuration nor the environment sets it");
            return true;
        }
    }
}
