package io.sluice.testkit.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Header or trailer fields in the order of the wire; names are compared without case. Immutable. */
public final class Fields {

    /** One line. The name as it was sent, the value without the white space around it. */
    public record Field(String name, String value) {}

    private final List<Field> all;

    Fields(List<Field> all) {
        this.all = List.copyOf(all);
    }

    public List<Field> all() {
        return all;
    }

    /** The value of the first field of that name, or null. */
    public @Nullable String first(String name) {
        List<String> values = values(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    /** One entry for each line of that name. */
    public List<String> values(String name) {
        List<String> values = new ArrayList<>();
        for (Field field : all) {
            if (field.name().equalsIgnoreCase(name)) {
                values.add(field.value());
            }
        }
        return values;
    }

    public boolean has(String name) {
        return !values(name).isEmpty();
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
