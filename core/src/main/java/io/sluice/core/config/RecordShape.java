package io.sluice.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a settings record is made of and how one is made. Immutable. */
final class RecordShape {

    private final List<Component> components;
    private final List<String> keys;
    private final Function<@Nullable Object[], Object> maker;
    private final @Nullable String shorthand;

    /**
     * @param maker calls the canonical constructor
     * @param shorthand the key a plain value stands for, or null
     */
    RecordShape(List<Component> components, Function<@Nullable Object[], Object> maker, @Nullable String shorthand) {
        this.components = List.copyOf(components);
        this.maker = maker;
        this.shorthand = shorthand;
        List<String> names = new ArrayList<>(components.size());
        for (Component component : components) {
            if (!(component.kind() instanceof Kind.Here)) {
                names.add(component.key());
            }
        }
        keys = List.copyOf(names);
    }

    List<Component> components() {
        return components;
    }

    List<String> keys() {
        return keys;
    }

    /** The keys that a plain value in place of the record sets. */
    Shorthands shorthands() {
        return Shorthands.of(keys.contains(Shorthands.SWITCH), shorthand);
    }

    /** The keys that a plain value in place of an element of a list sets. */
    Shorthands elementShorthands() {
        return shorthands().ofElement(keys.contains(Shorthands.SWITCH));
    }

    /**
     * Calls the canonical constructor.
     *
     * @throws IllegalArgumentException as the constructor does, which is how a record refuses its values
     */
    Object make(@Nullable Object[] arguments) {
        return maker.apply(arguments);
    }

    /** Makes all keys known at a level, those of groups below it. */
    void declare(Catalogue catalogue, Level level) {
        catalogue.addAll(level, keys);
        for (Component component : components) {
            switch (component.kind()) {
                case Kind.Group(RecordShape shape) -> shape.declare(catalogue, level.child(component.key()));
                case Kind.Groups(RecordShape shape) -> {
                    catalogue.addElements(level.child(component.key()));
                    shape.declare(catalogue, level.child(component.key()));
                }
                case Kind.Belows _ -> catalogue.addElements(level.child(component.key()));
                case Kind.Plain _, Kind.Plains _, Kind.Below _ -> catalogue.addWhole(level.child(component.key()));
                case Kind.Here _ -> {}
            }
        }
    }
}
