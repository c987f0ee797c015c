package io.sluice.core.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.Map;
import java.util.TreeMap;

/** Writes a tree as HOCON, sorted by key, the place of each value as a comment behind it. */
final class Dump {

    private static final String STEP = "    ";

    private final StringBuilder text = new StringBuilder();

    private Dump() {}

    static String of(ConfigObject tree) {
        Dump dump = new Dump();
        dump.fields(tree, "");
        return dump.text.toString();
    }

    private void fields(ConfigObject object, String indent) {
        for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(object).entrySet()) {
            ConfigValue value = entry.getValue();
            text.append(indent).append(ConfigUtil.joinPath(entry.getKey()));
            text.append(value instanceof ConfigObject ? " " : " = ");
            value(value, indent);
        }
    }

    private void value(ConfigValue value, String indent) {
        if (value instanceof ConfigObject object && !object.isEmpty()) {
            text.append("{\n");
            fields(object, indent + STEP);
            text.append(indent).append("}\n");
        } else if (value instanceof ConfigList list && !list.stream().allMatch(Mismatch::isPlain)) {
            text.append("[\n");
            for (ConfigValue element : list) {
                text.append(indent).append(STEP);
                value(element, indent + STEP);
            }
            text.append(indent).append("]\n");
        } else {
            Problem place = Problem.at(value.origin(), "");
            text.append(value.render(ConfigRenderOptions.concise()))
                    .append(" # ")
                    .append(place.file());
            text.append(place.line() > 0 ? ":" + place.line() : "").append('\n');
        }
    }
}
