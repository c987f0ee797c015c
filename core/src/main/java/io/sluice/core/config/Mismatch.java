package io.sluice.core.config;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Set;

/** A value is not what its setting takes; the message says what it is and what is allowed. */
final class Mismatch extends Exception {

    private static final long serialVersionUID = 1L;

    private static final Set<String> SWITCHES = Set.of("on", "off", "yes", "no", "true", "false");

    Mismatch(String message) {
        super(message, null, false, false);
    }

    static Mismatch of(ConfigValue value, String expected) {
        String text = describe(value);
        boolean semicolon = value.valueType() == ConfigValueType.STRING && text.endsWith(";'");
        return new Mismatch(text + " is not " + expected + (semicolon ? "; nothing ends with ';' here" : ""));
    }

    /** A plain value in single quotes, or what kind of thing it is. */
    static String describe(ConfigValue value) {
        return switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN -> "'" + value.unwrapped() + "'";
            case LIST -> "a list";
            case OBJECT -> "an object";
            case NULL -> "null";
        };
    }

    /** Whether the value is one of the words for on and off. */
    static boolean isSwitch(ConfigValue value) {
        if (value.valueType() == ConfigValueType.BOOLEAN) {
            return true;
        }
        return value.valueType() == ConfigValueType.STRING && SWITCHES.contains(String.valueOf(value.unwrapped()));
    }

    static boolean isPlain(ConfigValue value) {
        return switch (value.valueType()) {
            case STRING, NUMBER, BOOLEAN -> true;
            case LIST, OBJECT, NULL -> false;
        };
    }
}
