package io.sluice.launcher;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds a reference.conf to being the manual: each setting has a comment directly above it. */
final class ReferenceDocs {

    private ReferenceDocs() {}

    /** The settings, as paths, that have none; groups need none. */
    static List<String> undocumented(ConfigObject reference) {
        List<String> found = new ArrayList<>();
        collect(reference, "", found);
        return found;
    }

    private static void collect(ConfigObject object, String path, List<String> found) {
        for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(object).entrySet()) {
            ConfigValue value = entry.getValue();
            if (value instanceof ConfigObject group && !group.isEmpty()) {
                collect(group, path + entry.getKey() + ".", found);
            } else if (value.origin().comments().isEmpty()) {
                found.add(path + entry.getKey());
            }
        }
    }
}
