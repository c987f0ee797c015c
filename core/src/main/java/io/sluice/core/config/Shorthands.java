package io.sluice.core.config;

import com.typesafe.config.ConfigValue;
import org.jspecify.annotations.Nullable;

/**
 * Which key of a group a plain value in its place sets.
 *
 * @param ofSwitch the key that on and off set; null if they are wrong
 * @param ofText the key that any other value sets; null if such a value is wrong
 */
record Shorthands(@Nullable String ofSwitch, @Nullable String ofText) {

    /** The key that {@code x = on} sets. */
    static final String SWITCH = "enabled";

    /** Of an element of a list that is an object or nothing. */
    static final Shorthands NONE = new Shorthands(null, null);

    /** Of a group whose settings nobody has described. */
    static final Shorthands SWITCH_ONLY = new Shorthands(SWITCH, null);

    /** Of a record; one that has no switch may take on and off as any other text. */
    static Shorthands of(boolean hasSwitch, @Nullable String ofText) {
        return new Shorthands(hasSwitch || ofText == null ? SWITCH : ofText, ofText);
    }

    /** As these, but where on and off stand for nothing unless the record has a switch: in a list nobody switches the unknown. */
    Shorthands ofElement(boolean hasSwitch) {
        return hasSwitch ? this : new Shorthands(ofText, ofText);
    }

    @Nullable
    String keyOf(ConfigValue value) {
        return Mismatch.isSwitch(value) ? ofSwitch : ofText;
    }
}
