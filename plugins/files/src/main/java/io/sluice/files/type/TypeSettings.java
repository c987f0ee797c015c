package io.sluice.files.type;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads {@code types} and {@code more-types}: objects of a media type and the extension, or the list of extensions, that have it. */
public final class TypeSettings {
    private final Map<String, String> typeByExtension = new HashMap<>();

    /** Adds one object; an extension it names has its type from now on, whatever an object added before says. */
    public TypeSettings add(ConfigValue written, Consumer<String> problem) {
        if (!(written instanceof ConfigObject object)) {
            problem.accept("must be an object { \"media/type\" = [extensions] }");
            return this;
        }
        Map<String, String> own = new HashMap<>();
        for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(object).entrySet()) {
            String type = entry.getKey();
            if (!isType(type)) {
                problem.accept("\"" + type + "\" is no media type; one with a dot in it has to stand in quotes");
                continue;
            }
            for (ConfigValue item : items(entry.getValue())) {
                String extension = String.valueOf(item.unwrapped()).toLowerCase(Locale.ROOT);
                if (!isExtension(item, extension)) {
                    problem.accept("\"" + extension + "\" is no extension");
                } else {
                    String other = own.putIfAbsent(extension, type);
                    if (other != null) {
                        problem.accept("the extension \"" + extension + "\" has two types, " + other + " and " + type);
                    }
                }
            }
        }
        typeByExtension.putAll(own);
        return this;
    }

    /** What was added. */
    public MimeTypes table(String byDefault) {
        return MimeTypes.of(typeByExtension, byDefault);
    }

    private static List<ConfigValue> items(ConfigValue value) {
        if (value instanceof ConfigList list) {
            return list;
        }
        return value.valueType() == ConfigValueType.NULL ? List.of() : List.of(value);
    }

    /** What may stand in a header, with a slash. */
    private static boolean isType(String text) {
        int slash = text.indexOf('/');
        return slash > 0 && slash < text.length() - 1 && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    private static boolean isExtension(ConfigValue value, String text) {
        boolean plain = value.valueType() == ConfigValueType.STRING || value.valueType() == ConfigValueType.NUMBER;
        return plain && !text.isEmpty() && text.indexOf('/') < 0 && text.indexOf('.') < 0;
    }
}
